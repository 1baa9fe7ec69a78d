import type { Entity, KubeObject } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { KindRequest } from './kind-request.ts';
import type { ApiClient } from './transport.ts';
import { compareVersions } from './versions.ts';

const OBJECT_MS = 10_000;

/** An object as it is held, by which the history that it was read from is known again. */
export type Witness = Pick<Entity, 'uid' | 'namespace' | 'name' | 'version'>;

/**
 * What the apiserver says of a witness. `same`: it is as it was held, so its write stands in this history. `other`: what is
 * there instead, null for nothing. `untold`: it was not to be heard.
 */
export type Testimony = 'same' | 'untold' | { other: string | null };

/**
 * The one that was written last up to a version, for what came later came out of the history in question; null when there is
 * none whose version can be compared.
 */
export function newestOf(entities: Iterable<Entity>, upTo: string): Witness | null {
  let newest: Entity | null = null;
  for (const entity of entities) {
    const { version } = entity;
    if ((compareVersions(version, upTo) ?? 1) > 0) continue;
    if ((compareVersions(version, newest?.version ?? '0') ?? 0) > 0) newest = entity;
  }
  return newest;
}

/** Asks for the witness by its name. What may be listed need not be had one by one: that is no testimony. */
export async function hear(
  client: ApiClient,
  request: KindRequest,
  { uid, namespace, name, version }: Witness,
  signal: AbortSignal,
): Promise<Testimony> {
  const terms = { signal, timeoutMs: OBJECT_MS, accept: request.accept.watch };
  try {
    const { metadata } = (await client.get(request.objectPath(namespace, name), {}, terms)) as Partial<KubeObject>;
    if (metadata === undefined) return 'untold';
    return metadata.uid === uid && metadata.resourceVersion === version ? 'same' : { other: metadata.resourceVersion };
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'absent') return { other: null };
    if (error instanceof ApiError && error.reason === 'forbidden') return 'untold';
    throw error;
  }
}
