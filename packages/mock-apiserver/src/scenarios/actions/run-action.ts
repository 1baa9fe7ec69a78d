import type { Action } from '../action.ts';
import { createManifest, deleteManifest, deleteTarget } from './objects.ts';
import { drain, killPod, relabelPod, setUnschedulable } from './pods-and-nodes.ts';
import { restart, scale, setImage, setPaused, undo } from './workloads.ts';
import { type ActionWorld, patchTarget } from './world.ts';

type Performer<K extends Action['do']> = (world: ActionWorld, action: Extract<Action, { do: K }>) => void;

const PERFORMERS: { [K in Action['do']]: Performer<K> } = {
  create: createManifest,
  delete: deleteManifest,
  deleteObject: deleteTarget,
  scale,
  setImage,
  undo,
  pause: setPaused(true),
  resume: setPaused(false),
  restart,
  patch: (world, { patch, subresource, ...target }) => patchTarget(world, target, patch, subresource),
  killPod,
  relabelPod,
  cordon: setUnschedulable(true),
  uncordon: setUnschedulable(false),
  drain,
};

/** Does one action of a step; throws ApiError where the cluster refuses it. */
export function runAction<K extends Action['do']>(world: ActionWorld, action: Extract<Action, { do: K }>): void {
  const perform: Performer<K> = PERFORMERS[action.do as K];
  perform(world, action);
}
