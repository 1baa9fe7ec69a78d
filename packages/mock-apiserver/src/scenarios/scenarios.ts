import { guestbook } from './guestbook/guestbook.ts';
import { largeScenario } from './large/large.ts';
import { replicationController } from './replication-controller/replication-controller.ts';
import type { ScenarioScript } from './scenario.ts';

/** The scenarios that the embedded cluster plays, by name. */
export const SCRIPTS: Readonly<Record<string, ScenarioScript>> = {
  guestbook,
  // Small until somebody says how large.
  large: largeScenario({ nodes: 12, pods: 120 }),
  'replication-controller': replicationController,
};

/** Their names. */
export const SCENARIOS: readonly string[] = Object.keys(SCRIPTS);
