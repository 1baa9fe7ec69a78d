import { type Entity, type EventEntity, entity } from '@portolan/shared';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../problem.ts';

/** What the server tells of one object beyond its entity: the redacted manifest as JSON, and its events. */
export interface ObjectDetails {
  manifest: unknown;
  events: EventEntity[];
}

/** The details of an object, asked for again whenever its version changes; the answer before stays meanwhile. */
export function useObject(cluster: string, { kind, namespace, name, uid, version }: Entity) {
  const path = [cluster, 'objects', kind, namespace || '_', name].map(encodeURIComponent).join('/');
  return useQuery({
    queryKey: ['object', cluster, kind, namespace, name, uid, version],
    queryFn: async (): Promise<ObjectDetails> => readDetails(await fetchJson(`/api/v1/clusters/${path}`)),
    placeholderData: (previous, query) => (query?.queryKey[5] === uid ? keepPreviousData(previous) : undefined),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
}

/** Reads the server's answer; an event that is not one is left out. */
export function readDetails(body: unknown): ObjectDetails {
  const { manifest = null, events } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  const list = Array.isArray(events) ? events : [];
  const read = list.flatMap((one: unknown) => {
    const parsed = entity.safeParse(one);
    return parsed.success && parsed.data.kind === 'Event' ? [parsed.data] : [];
  });
  return { manifest, events: read };
}
