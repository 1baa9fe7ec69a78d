export { FaultError, type Faults } from './faults/faults.ts';
export { type Presenter, StepError } from './presenter.ts';
export type { ServiceAddress, ServicePorts } from './proxy/service-proxy.ts';
export {
  type PodTraffic,
  type RevisionTraffic,
  type Traffic,
  type TrafficCount,
  TrafficError,
  type TrafficReport,
  type TrafficRequest,
} from './proxy/traffic.ts';
export { type ClusterSize, SizeError } from './scenarios/large/size.ts';
export { SCENARIOS } from './scenarios/scenarios.ts';
export { type MockCluster, type MockOptions, startMock, UnknownScenarioError } from './start-mock.ts';
