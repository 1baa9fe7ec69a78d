import type { KubeObject } from '@portolan/shared';
import { ApiError, badRequest, invalid } from '../api-error.ts';
import { negotiateShape } from './accept.ts';
import { type IncludeObject, type ListMeta, type Presentation, presentList, presentObject } from './present.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';
import { selectionOf } from './selection.ts';

/** How this request wants its answer. */
export function presentationOf(request: ResourceRequest, context: ApiContext): Presentation {
  const include = (request.query.get('includeObject') ?? 'Metadata') as IncludeObject;
  return { served: request.served, shape: negotiateShape(request.accept), include, now: context.clock.now() };
}

/** `GET` of one object. */
export function getObject(request: ResourceRequest, context: ApiContext): Reply {
  const object = context.store.need(request.served.resource.key, refOf(request));
  return { status: 200, body: presentObject(object, presentationOf(request, context)) };
}

/** A resource version of a query as a number; undefined when it is absent. */
export function parseVersion(text: string | null): number | undefined {
  if (!text) return undefined;
  if (!/^\d+$/.test(text))
    throw badRequest(`invalid resource version "${text}": it must be a number, as a list gave it`);
  return Number(text);
}

/** How many a page may hold at most; 0 is all. */
function parseLimit(text: string | null): number {
  const limit = Number(text ?? 0);
  if (Number.isInteger(limit) && limit >= 0) return limit;
  throw badRequest(`limit "${text}" is no number of objects: give a whole one, such as 500`);
}

/** Where a page went up to: the version all pages share, and the last key given. */
interface PageMark {
  version: number;
  after: string;
}

const markToken = (mark: PageMark) => Buffer.from(JSON.stringify(mark)).toString('base64url');

function parseToken(token: string): PageMark {
  try {
    const mark: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (mark !== null && typeof mark === 'object' && 'version' in mark && 'after' in mark) {
      return { version: Number(mark.version), after: String(mark.after) };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest('continue key is not valid: start the list again without it');
}

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace ?? ''}/${metadata.name}`;

const LIST_OPTIONS = { group: 'meta.k8s.io', plural: 'listoptions', kind: 'ListOptions' };

/** Refuses a match that means nothing (`ValidateListOptions` in apimachinery `meta/internalversion/validation`). */
function checkMatch(query: URLSearchParams): void {
  const match = query.get('resourceVersionMatch');
  if (!match) return;
  const version = query.get('resourceVersion');
  const forbidden = !version
    ? 'resourceVersionMatch is forbidden unless resourceVersion is provided'
    : query.get('continue')
      ? 'resourceVersionMatch is forbidden when continue is provided'
      : match === 'Exact' && version === '0'
        ? 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'
        : undefined;
  if (forbidden === undefined) return;
  const message = `Forbidden: ${forbidden}`;
  throw invalid(LIST_OPTIONS, '', [{ reason: 'FieldValueForbidden', field: 'resourceVersionMatch', message }]);
}

/** Which version to list at: a token's, an exact one, or the latest. */
function listVersion(query: URLSearchParams, mark: PageMark | undefined, latest: number): number {
  if (mark) return mark.version;
  const asked = parseVersion(query.get('resourceVersion'));
  if (asked === undefined) return latest;
  return query.get('resourceVersionMatch') === 'Exact' || asked > latest ? asked : latest;
}

/** `GET` of a collection: selectors, pages, and the version it stood at. */
export function listObjects(request: ResourceRequest, context: ApiContext): Reply {
  const { query, served } = request;
  const { store } = context;
  checkMatch(query);
  const token = query.get('continue');
  const mark = token ? parseToken(token) : undefined;
  const version = listVersion(query, mark, store.version);
  let listed: KubeObject[];
  try {
    listed = store.listAt(served.resource.key, version, request.namespace).items;
  } catch (error) {
    if (mark && error instanceof ApiError && error.reason === 'Expired') {
      throw new ApiError(
        'Expired',
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
      );
    }
    throw error;
  }
  const selection = selectionOf(query, served.resource);
  const remaining = listed.filter((object) => selection(object) && (!mark || keyOf(object) > mark.after));
  const limit = parseLimit(query.get('limit'));
  const page = limit > 0 ? remaining.slice(0, limit) : remaining;
  const last = page.at(-1);
  const metadata: ListMeta = { resourceVersion: String(version) };
  if (last && page.length < remaining.length) {
    metadata.continue = markToken({ version, after: keyOf(last) });
    // As the apiserver, which cannot count what a selector would leave.
    if (!query.get('labelSelector') && !query.get('fieldSelector')) {
      metadata.remainingItemCount = remaining.length - page.length;
    }
  }
  return { status: 200, body: presentList(page, metadata, presentationOf(request, context)) };
}
