import { guestbook } from './guestbook/guestbook.ts';
import type { ScenarioScript } from './scenario.ts';

/** The scenarios that the embedded cluster plays, by name. */
export const SCRIPTS: Readonly<Record<string, ScenarioScript>> = { guestbook };

/** Their names. */
export const SCENARIOS: readonly string[] = Object.keys(SCRIPTS);
