import { badRequest, type Cause, invalid } from '../api-error.ts';

const LIST_OPTIONS = { group: 'meta.k8s.io', plural: 'listoptions', kind: 'ListOptions' };
const NOT_OLDER_THAN = 'NotOlderThan';
const EXACT = 'Exact';

/** As the apiserver's --min-request-timeout, for watches that name none. */
const DEFAULT_TIMEOUT_S = 1800;

const forbidden = (field: string, message: string): Cause => ({
  reason: 'FieldValueForbidden',
  field,
  message: `Forbidden: ${message}`,
});

const unsupported = (value: string, supported: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  field: 'resourceVersionMatch',
  message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map((one) => JSON.stringify(one)).join(', ')}`,
});

function refuse(causes: readonly Cause[]): void {
  if (causes.length > 0) throw invalid(LIST_OPTIONS, '', [...causes]);
}

/** A resource version of a query as a number; undefined when it is absent. */
export function parseVersion(text: string | null): number | undefined {
  if (!text) return undefined;
  const version = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(version)) return version;
  throw badRequest(`invalid resource version "${text}": it must be a number, as a list gave it`);
}

/** A flag of a query, as Go's `strconv.ParseBool` reads it; an empty one is set. */
export function parseFlag(text: string | null, name: string): boolean | undefined {
  if (text === null) return undefined;
  if (['', '1', 't', 'T', 'true', 'TRUE', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(text)) return false;
  throw badRequest(`${name} "${text}" is neither true nor false`);
}

/** As Go complains of a text that is no number. */
const unparsable = (text: string | null) => `strconv.ParseInt: parsing ${JSON.stringify(text ?? '')}: invalid syntax`;

/** How many a page may hold at most; 0 is all. */
function parseLimit(text: string | null): number {
  const limit = Number(text ?? 0);
  if (Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw badRequest(unparsable(text));
}

/** Seconds until a watch ends; what is no number is refused. */
function parseTimeout(text: string | null): number {
  if (!text) return DEFAULT_TIMEOUT_S;
  const seconds = Number(text);
  if (!Number.isSafeInteger(seconds) || seconds < 0) {
    throw badRequest(unparsable(text));
  }
  return seconds || DEFAULT_TIMEOUT_S;
}

/** Where a page went up to, and the version that all pages share; undefined to go on at the newest. */
export interface PageMark {
  version: number | undefined;
  after: string;
}

/** What makes of a key the first that comes after it. */
const END = '\u0000';

/** What stands for "the newest" in a token (`handleCompactedErrorForPaging`). */
const NEWEST = -1;

/** The token of a page, as etcd3's store writes it; `after` is `namespace/name`. */
export function markToken({ version = NEWEST, after }: PageMark): string {
  const token = { v: 'meta.k8s.io/v1', rv: version, start: after + END };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function parseToken(token: string): PageMark {
  let mark: unknown;
  try {
    mark = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badRequest(`invalid continue token: continue key is not valid: ${error.message}`);
  }
  const { v, rv, start } = (typeof mark === 'object' && mark !== null ? mark : {}) as Record<string, unknown>;
  if (v !== 'meta.k8s.io/v1') {
    throw badRequest(
      `invalid continue token: server does not recognize this encoded version ${JSON.stringify(v ?? '')}`,
    );
  }
  if (
    !Number.isSafeInteger(rv) ||
    Number(rv) === 0 ||
    Number(rv) < NEWEST ||
    typeof start !== 'string' ||
    start === ''
  ) {
    throw badRequest('invalid continue token: continue key is not valid: start the list again without it');
  }
  return { version: rv === NEWEST ? undefined : Number(rv), after: start.endsWith(END) ? start.slice(0, -1) : start };
}

/** What a list is asked for. */
export interface ListOptions {
  limit: number;
  mark: PageMark | undefined;
  /** The version asked for. */
  version: number | undefined;
  /** Whether the list must stand at just that version; it may be newer otherwise. */
  exact: boolean;
}

/** The options of a list (`ValidateListOptions` in apimachinery, the storage's own checks in etcd3 `store.go`). */
export function listOptionsOf(query: URLSearchParams): ListOptions {
  const match = query.get('resourceVersionMatch') ?? '';
  const versionText = query.get('resourceVersion') ?? '';
  const token = query.get('continue') ?? '';
  const causes: Cause[] = [];
  const because = (field: string, message: string) => causes.push(forbidden(field, message));
  if (match !== '') {
    const field = 'resourceVersionMatch';
    if (versionText === '') because(field, `${field} is forbidden unless resourceVersion is provided`);
    if (token !== '') because(field, `${field} is forbidden when continue is provided`);
    if (match !== EXACT && match !== NOT_OLDER_THAN) causes.push(unsupported(match, ['', EXACT, NOT_OLDER_THAN]));
    if (match === EXACT && versionText === '0') because(field, `${field} "exact" is forbidden for resourceVersion "0"`);
  }
  if (query.has('sendInitialEvents')) because('sendInitialEvents', 'sendInitialEvents is forbidden for list');
  refuse(causes);
  const version = parseVersion(versionText);
  const mark = token === '' ? undefined : parseToken(token);
  if (mark && version) throw badRequest('specifying resource version is not allowed when using continue');
  const limit = parseLimit(query.get('limit'));
  // A page of a version is that version's, even where nobody says so; what any version will do for is given whole.
  const exact = match === EXACT || (match === '' && limit > 0 && version !== undefined && version > 0);
  return { limit: version === 0 && match === '' ? 0 : limit, mark, version, exact };
}

/** What a watch is asked for. */
export interface WatchOptions {
  /** The version asked for; undefined for the newest, 0 for any. */
  version: number | undefined;
  /** Whether what stands is sent first, as ADDED. */
  initial: boolean;
  /** Whether the end of what stands is marked (WatchList, KEP-3157). */
  markInitialEnd: boolean;
  bookmarks: boolean;
  timeoutMs: number;
}

/** The options of a watch (`validateWatchOptions` in apimachinery). */
export function watchOptionsOf(query: URLSearchParams): WatchOptions {
  const match = query.get('resourceVersionMatch') ?? '';
  const send = parseFlag(query.get('sendInitialEvents'), 'sendInitialEvents');
  const causes: Cause[] = [];
  const field = 'resourceVersionMatch';
  if (send !== undefined && match !== NOT_OLDER_THAN) {
    causes.push(forbidden(field, `sendInitialEvents requires setting ${field} to ${NOT_OLDER_THAN}`));
  }
  if (match !== '') {
    if (send === undefined) {
      causes.push(forbidden(field, `${field} is forbidden for watch unless sendInitialEvents is provided`));
    }
    if (match !== NOT_OLDER_THAN) causes.push(unsupported(match, [NOT_OLDER_THAN]));
    if (query.get('continue')) causes.push(forbidden(field, `${field} is forbidden when continue is provided`));
  }
  refuse(causes);
  const version = parseVersion(query.get('resourceVersion'));
  const bookmarks = parseFlag(query.get('allowWatchBookmarks'), 'allowWatchBookmarks') ?? false;
  return {
    version,
    initial: send ?? !version,
    markInitialEnd: send === true && bookmarks,
    bookmarks,
    timeoutMs: parseTimeout(query.get('timeoutSeconds')) * 1000,
  };
}
