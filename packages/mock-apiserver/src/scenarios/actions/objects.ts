import { callApi } from '../../api/in-process.ts';
import type { Target } from '../action.ts';
import { objectsOf } from '../manifests.ts';
import { manifestTarget, targetPath } from '../resource-path.ts';
import { type ActionWorld, targetOf } from './world.ts';

function read({ manifests }: ActionWorld, file: string) {
  const text = manifests[file];
  if (text === undefined) {
    throw new Error(`there is no manifest ${file}; there is ${Object.keys(manifests).join(', ') || 'none'}`);
  }
  return objectsOf(text);
}

/** Creates what a manifest holds and is not there yet. */
export function createManifest(world: ActionWorld, { manifest }: { manifest: string }): void {
  for (const object of read(world, manifest)) {
    const target = manifestTarget(object);
    if (targetOf(world, target)) continue;
    callApi(world.cluster.api, { method: 'POST', path: target.collection, body: object });
  }
}

/** Deletes an object if it is there, with its dependents in the background. */
export function deleteTarget(world: ActionWorld, target: Target): void {
  if (!targetOf(world, target)) return;
  callApi(world.cluster.api, { method: 'DELETE', path: targetPath(target) });
}

/** Deletes what a manifest holds, the last first. */
export function deleteManifest(world: ActionWorld, { manifest }: { manifest: string }): void {
  for (const object of read(world, manifest).toReversed()) deleteTarget(world, manifestTarget(object));
}
