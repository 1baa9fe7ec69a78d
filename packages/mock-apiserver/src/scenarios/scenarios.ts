import { guestbook } from './guestbook/guestbook.ts';
import { replicationController } from './replication-controller/replication-controller.ts';
import type { ScenarioScript } from './scenario.ts';

/** The scenarios that the embedded cluster plays, by name. */
export const SCRIPTS: Readonly<Record<string, ScenarioScript>> = {
  guestbook,
  'replication-controller': replicationController,
};

/** Their names. */
export const SCENARIOS: readonly string[] = Object.keys(SCRIPTS);
