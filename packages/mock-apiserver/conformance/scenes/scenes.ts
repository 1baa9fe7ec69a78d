import type { Scene } from '../scene.ts';
import { applies, serverApplies } from './applies.ts';
import { exposing, marks, patches, scaling, sets } from './changes.ts';
import { creates, jobs } from './creates.ts';
import { deletes, waits, watches } from './deletes.ts';
import { errors } from './errors.ts';
import { guestbook } from './guestbook.ts';
import { nodes, policies } from './nodes.ts';
import { about, logs, tidings } from './readings.ts';
import { revisions, rollouts } from './rollouts.ts';

/** Every scene, the longest first. */
export const SCENES: readonly Scene[] = [
  rollouts,
  revisions,
  scaling,
  creates,
  deletes,
  policies,
  guestbook,
  jobs,
  watches,
  sets,
  exposing,
  applies,
  serverApplies,
  patches,
  marks,
  waits,
  logs,
  tidings,
  errors,
  about,
  nodes,
];
