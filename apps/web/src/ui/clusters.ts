import { useQuery } from '@tanstack/react-query';
import { fullJitter } from '../stream/backoff.ts';
import { fetchJson } from './problem.ts';

/** One served cluster. `embedded` is true for the one that lives in the server's memory. */
export interface ClusterInfo {
  name: string;
  /** What is shown where the address names no namespace. */
  namespace: string;
  version: string | null;
  embedded: boolean;
}

/** The clusters that are served; asked for until there is an answer. */
export function useClusters() {
  return useQuery({
    queryKey: ['clusters'],
    queryFn: async () => readClusters(await fetchJson('/api/v1/clusters')),
    retry: true,
    retryDelay: (attempt) => fullJitter(attempt, Math.random),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Reads the server's list, bare or under `clusters`. */
export function readClusters(body: unknown): ClusterInfo[] {
  const list = Array.isArray(body) ? body : ((body as { clusters?: unknown } | null)?.clusters ?? []);
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { name, namespace, version, embedded } = one as Record<string, unknown>;
    if (typeof name !== 'string') return [];
    return [
      {
        name,
        namespace: typeof namespace === 'string' ? namespace : 'default',
        version: typeof version === 'string' ? version : null,
        embedded: embedded === true,
      },
    ];
  });
}
