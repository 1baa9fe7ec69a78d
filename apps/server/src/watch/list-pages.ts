import type { Kind, KubeList, KubeObject } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { ApiClient, Query } from './transport.ts';

const LIMIT = '500';
const PAGE_MS = 60_000;
const RESTARTS = 2;

/**
 * Lists a collection in pages, handing each page on as it comes, and answers the version that the list stands for. The
 * first page asks for the newest state; later ones carry only `continue` and `limit`. `restart` is called when a token
 * expired within the list and it begins again.
 * Source: client-go `tools/pager`, apimachinery `ListOptions`.
 */
export async function listPages(
  client: ApiClient,
  kind: Kind,
  path: string,
  signal: AbortSignal,
  take: { page: (items: KubeObject[]) => void; restart: () => void },
): Promise<string> {
  let version: string | null = null;
  let token = '';
  for (let restarts = 0; ; ) {
    const query: Query = token === '' ? { limit: LIMIT, resourceVersion: '' } : { limit: LIMIT, continue: token };
    try {
      const list = listOf(kind, await client.get(path, query, { signal, timeoutMs: PAGE_MS }));
      signal.throwIfAborted();
      version ??= list.metadata.resourceVersion;
      take.page(list.items);
      token = list.metadata.continue ?? '';
      if (token === '') return version;
    } catch (error) {
      const expired = error instanceof ApiError && error.reason === 'expired' && token !== '';
      if (!expired || ++restarts >= RESTARTS) throw error;
      version = null;
      token = '';
      take.restart();
    }
  }
}

function listOf(kind: Kind, value: unknown): KubeList {
  const list = value as Partial<KubeList> | null;
  if (list?.kind !== `${kind}List` || typeof list.metadata?.resourceVersion !== 'string') {
    throw new ApiError('malformed', `the list of ${kind} answered a ${String(list?.kind)}`);
  }
  return { ...(list as KubeList), items: list.items ?? [] };
}
