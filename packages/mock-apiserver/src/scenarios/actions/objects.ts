import type { Pod } from '@portolan/shared';
import { callApi } from '../../api/in-process.ts';
import { ApiError } from '../../api-error.ts';
import { templateHash } from '../../names.ts';
import { toMicroTime } from '../../time.ts';
import type { Target } from '../action.ts';
import { objectsOf } from '../manifests.ts';
import { manifestTarget, targetPath } from '../resource-path.ts';
import { type ActionWorld, patchTarget, targetOf } from './world.ts';

function textOf({ script: { manifests } }: ActionWorld, file: string): string {
  const text = manifests[file];
  if (text !== undefined) return text;
  throw new Error(`there is no manifest ${file}; there is ${Object.keys(manifests).join(', ') || 'none'}`);
}

const read = (world: ActionWorld, file: string) => objectsOf(textOf(world, file));

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

/** Where an owner keeps the last number that was given to what belongs to it. */
const LAST_NUMBER = 'portolan.dev/last-number';

/** Creates numbered objects of a manifest that belong to an object; throws NotFound where that is not there. */
export function createOwned(
  world: ActionWorld,
  { manifest, owner, count }: { manifest: string; owner: Target; count: number },
): void {
  const found = targetOf(world, owner);
  if (!found) throw new ApiError('NotFound', `${owner.kind} "${owner.name}" not found`);
  const { apiVersion = 'v1', metadata } = found;
  const reference = { apiVersion, kind: owner.kind, name: owner.name, uid: metadata.uid, controller: true };
  const last = Number(metadata.annotations?.[LAST_NUMBER] ?? 0);
  patchTarget(world, owner, { metadata: { annotations: { [LAST_NUMBER]: `${last + count}` } } });
  for (let number = last + 1; number <= last + count; number++) {
    for (const object of objectsOf(textOf(world, manifest).replaceAll('$N', `${number}`))) {
      const owned = { ...object, metadata: { ...object.metadata, ownerReferences: [reference] } };
      callApi(world.cluster.api, { method: 'POST', path: manifestTarget(object).collection, body: owned });
    }
  }
}

/** Creates the mirror of a node's static pod, which belongs to the node (`pkg/kubelet/pod/mirror_client.go`). */
export function mirror(world: ActionWorld, { manifest, node }: { manifest: string; node: string }): void {
  const { uid } = world.cluster.store.need('nodes', { name: node }).metadata;
  const hash = templateHash(textOf(world, manifest));
  for (const { metadata, spec, ...pod } of read(world, manifest) as Pod[]) {
    const name = `${metadata.name}-${node}`;
    const target = manifestTarget({ ...pod, metadata: { ...metadata, name } });
    if (targetOf(world, target)) continue;
    const annotations = {
      'kubernetes.io/config.hash': hash,
      'kubernetes.io/config.mirror': hash,
      'kubernetes.io/config.seen': toMicroTime(world.cluster.api.clock.now()),
      'kubernetes.io/config.source': 'file',
    };
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: node, uid, controller: true }];
    const body = {
      ...pod,
      metadata: { ...metadata, name, annotations, ownerReferences },
      spec: { ...spec, nodeName: node, tolerations: [{ operator: 'Exists', effect: 'NoExecute' }] },
    };
    callApi(world.cluster.api, { method: 'POST', path: target.collection, body });
  }
}
