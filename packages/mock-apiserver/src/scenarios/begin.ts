import type { Cluster } from '../cluster.ts';
import { runAction } from './actions/run-action.ts';
import type { ScenarioScript } from './scenario.ts';

/** Does what a scenario begins with, before anybody looks. Throws what the cluster refuses, which is the script's mistake. */
export function beginScenario(script: ScenarioScript, cluster: Cluster): void {
  for (const action of script.begins ?? []) runAction({ cluster, script }, action);
}
