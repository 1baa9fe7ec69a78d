import type { KubeList, KubeObject } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { KindRequest } from './kind-request.ts';
import type { ApiClient, Query } from './transport.ts';

const LIMIT = '500';
const PAGE_MS = 60_000;
const RESTARTS = 2;

/** What a list is handed to, page by page. */
export interface PageTaker {
  /** `left` is how many objects are still to come; null where the apiserver does not say. */
  page(items: KubeObject[], left: number | null): void;
  /** A token expired: the list begins again. */
  restart(): void;
}

/**
 * Lists a collection in pages, handing each page on as it comes, and answers the version that the list stands for. The
 * first page asks for the newest state; later ones carry only `continue` and `limit`. A token that expires twice ends it.
 * Source: client-go `tools/pager`, apimachinery `ListOptions`.
 */
export async function listPages(
  client: ApiClient,
  request: KindRequest,
  signal: AbortSignal,
  take: PageTaker,
): Promise<string> {
  let version: string | null = null;
  let token = '';
  for (let restarts = 0; ; ) {
    const query: Query = token === '' ? { limit: LIMIT, resourceVersion: '' } : { limit: LIMIT, continue: token };
    try {
      const list = await listOnce(client, request, query, signal, PAGE_MS);
      version ??= list.metadata.resourceVersion;
      token = list.metadata.continue ?? '';
      take.page(list.items, token === '' ? 0 : (list.metadata.remainingItemCount ?? null));
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

/** One request for a list of the kind; what is no such list is malformed. */
export async function listOnce(
  client: ApiClient,
  { kind, path, accept, lists }: KindRequest,
  query: Query,
  signal: AbortSignal,
  timeoutMs: number,
): Promise<KubeList> {
  const list = (await client.get(path, query, { signal, timeoutMs, accept: accept.list })) as Partial<KubeList> | null;
  signal.throwIfAborted();
  if (!lists.includes(list?.kind ?? '') || typeof list?.metadata?.resourceVersion !== 'string') {
    throw new ApiError('malformed', `the list of ${kind} answered a ${String(list?.kind)}`);
  }
  const items = list.items ?? [];
  if (!Array.isArray(items) || !items.every(isIdentified)) {
    throw new ApiError('malformed', `the list of ${kind} holds an item without a uid`);
  }
  return { ...(list as KubeList), items };
}

function isIdentified(item: KubeObject | null): boolean {
  return typeof item?.metadata?.uid === 'string';
}
