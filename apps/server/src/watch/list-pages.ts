import type { KubeList, KubeObject } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { KindRequest } from './kind-request.ts';
import type { ApiClient, Query } from './transport.ts';

const LIMIT = '500';
const PAGE_MS = 60_000;
const RESTARTS = 2;

/** What a list is handed to, item by item. */
export interface PageTaker {
  item(item: KubeObject): void;
  /** A page has been taken; `left` is how many objects are still to come; null where the apiserver does not say. */
  page(left: number | null): void;
  /** A token expired: the list begins again. */
  restart(): void;
}

/**
 * Lists a collection in pages, handing each item on as it comes, and answers the version that the list stands for. The
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
      const { metadata } = await listOnce(client, request, query, signal, PAGE_MS, take.item);
      version ??= metadata.resourceVersion;
      token = metadata.continue ?? '';
      take.page(token === '' ? 0 : (metadata.remainingItemCount ?? null));
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

/**
 * One request for a list of the kind, whose items are handed on as they come: the answer is the list without them. What is no
 * such list is malformed, which may be told when some items have been handed on.
 */
export async function listOnce(
  client: ApiClient,
  request: KindRequest,
  query: Query,
  signal: AbortSignal,
  timeoutMs: number,
  take: (item: KubeObject) => void,
): Promise<Pick<KubeList, 'metadata'>> {
  const { kind, path, accept } = request;
  const item = (one: unknown, list: object) => {
    checkList(request, list);
    if (!isIdentified(one as KubeObject | null)) {
      throw new ApiError('malformed', `the list of ${kind} holds an item without a uid`);
    }
    take(one as KubeObject);
  };
  const list = await client.get(path, query, { signal, timeoutMs, accept: accept.list, item });
  signal.throwIfAborted();
  checkList(request, list);
  const left = list.items ?? [];
  if (!Array.isArray(left) || !left.every(isIdentified)) {
    throw new ApiError('malformed', `the list of ${kind} holds an item without a uid`);
  }
  for (const one of left) take(one);
  return list;
}

function checkList({ kind, lists }: KindRequest, value: unknown): asserts value is KubeList {
  const list = value as Partial<KubeList> | null;
  if (!lists.includes(list?.kind ?? '') || typeof list?.metadata?.resourceVersion !== 'string') {
    throw new ApiError('malformed', `the list of ${kind} answered a ${String(list?.kind)}`);
  }
}

function isIdentified(item: KubeObject | null): boolean {
  return typeof item?.metadata?.uid === 'string';
}
