import type { Action } from '../action.ts';
import { createManifest, createOwned, deleteManifest, deleteTarget, mirror } from './objects.ts';
import { deletePods, drain, killPod, relabelPod, setUnschedulable, taint, untaint } from './pods-and-nodes.ts';
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
  createOwned,
  mirror,
  deletePods,
  killPod,
  relabelPod,
  failProbe: ({ cluster }, { pod, namespace = 'default', probe, failing }) =>
    cluster.pods.failProbe({ namespace, name: pod }, probe, failing),
  exit: ({ cluster }, { pod, namespace = 'default', container, code }) =>
    cluster.pods.exit({ namespace, name: pod }, container, code),
  stopNode: ({ cluster }, { node }) => cluster.nodes.stop(node),
  startNode: ({ cluster }, { node }) => cluster.nodes.start(node),
  joinNode: ({ cluster, script }, { node }) => {
    const facts = script.cluster.machines?.find(({ name }) => name === node);
    if (!facts) throw new Error(`the scenario has no machine ${node}`);
    cluster.nodes.join(facts);
  },
  stopComponent: ({ cluster }, { component, host }) => cluster.components.stop(component, host),
  startComponent: ({ cluster }, { component, host }) => cluster.components.start(component, host),
  demand: ({ cluster }, { milliCores, kind, name, namespace = 'default' }) =>
    cluster.load.demand({ kind, name, namespace }, milliCores),
  setTimings: ({ cluster }, { timings }) => cluster.nodes.setTimings(timings),
  taint,
  untaint,
  cordon: setUnschedulable(true),
  uncordon: setUnschedulable(false),
  drain,
};

/** Does one action of a step; throws ApiError where the cluster refuses it. */
export function runAction<K extends Action['do']>(world: ActionWorld, action: Extract<Action, { do: K }>): void {
  const perform: Performer<K> = PERFORMERS[action.do as K];
  perform(world, action);
}
