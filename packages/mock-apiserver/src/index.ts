export { type Presenter, StepError } from './presenter.ts';
export { SCENARIOS } from './scenarios/scenarios.ts';
export { type MockCluster, type MockOptions, startMock, UnknownScenarioError } from './start-mock.ts';
