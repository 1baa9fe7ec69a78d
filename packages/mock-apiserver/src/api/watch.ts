import type { ServerResponse } from 'node:http';
import type { KubeObject } from '@portolan/shared';
import { ApiError, badRequest, invalid } from '../api-error.ts';
import type { StoreEvent } from '../store/history.ts';
import { type Presentation, presentObject, table } from './present.ts';
import { parseVersion, presentationOf } from './read.ts';
import type { ApiContext, ResourceRequest } from './request.ts';
import { groupVersion } from './resource.ts';
import { selectionOf } from './selection.ts';

const BOOKMARK_EVERY_MS = 60_000;
/**
 * What may wait for a reader that does not keep up. Beyond it the watch is broken off, and the reader resumes from its last
 * version, as the apiserver's cacher ends a watcher whose buffer is full.
 */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** As the apiserver's --min-request-timeout, for watches that name none. */
const DEFAULT_TIMEOUT_S = 1800;

const WATCH_LIST_REFUSED = {
  reason: 'FieldValueForbidden',
  field: 'sendInitialEvents',
  message: 'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
};

/** Seconds until a watch ends; what is no number is refused. */
function parseTimeout(text: string | null): number {
  if (!text) return DEFAULT_TIMEOUT_S;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 0) {
    throw badRequest(`timeoutSeconds "${text}" is no number of seconds: give a whole one, such as 300`);
  }
  return seconds || DEFAULT_TIMEOUT_S;
}

type Sent = { type: string; object: KubeObject };

/** What a write means to a watch that sees only some objects: entering is ADDED, leaving is DELETED. */
function seen(
  { type, object, previous, version }: StoreEvent,
  sees: (object: KubeObject) => boolean,
): Sent | undefined {
  const before = previous !== undefined && sees(previous);
  const now = type !== 'DELETED' && sees(object);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object };
  if (!before || !previous) return undefined;
  // What left the selector is shown as it last matched, at the version it left (apiserver cacher).
  const last = type === 'DELETED' ? object : { ...previous };
  return { type: 'DELETED', object: { ...last, metadata: { ...last.metadata, resourceVersion: String(version) } } };
}

/** Turns what is sent into lines; a table's columns stand only in its first event. */
function lineWriter(presentation: Presentation): (sent: Sent) => string {
  let columns = true;
  return ({ type, object }) => {
    let body: unknown = presentObject(object, presentation);
    if (presentation.shape === 'table') {
      const rows = type === 'BOOKMARK' ? [] : [object];
      body = table(rows, { resourceVersion: object.metadata.resourceVersion }, presentation, columns);
      columns = false;
    }
    return `${JSON.stringify({ type, object: body })}\n`;
  };
}

/**
 * Serves one watch until its timeout, the client's leaving or the server's end. Headers go out at once. A version older
 * than the history answers 200 and then an ERROR line, as the apiserver does, never an HTTP error.
 */
export function watchObjects(request: ResourceRequest, context: ApiContext, response: ServerResponse): void {
  const { query, served, namespace, name } = request;
  const { store, wall } = context;
  if (query.has('sendInitialEvents')) {
    throw invalid({ group: 'meta.k8s.io', plural: 'listoptions', kind: 'ListOptions' }, '', [WATCH_LIST_REFUSED]);
  }
  const selection = selectionOf(query, served.resource);
  const sees = (object: KubeObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    selection(object);
  const asked = parseVersion(query.get('resourceVersion'));
  const presentation = presentationOf(request, context);
  const line = lineWriter(presentation);
  const bookmarks = query.get('allowWatchBookmarks') === 'true';
  const timeoutMs = parseTimeout(query.get('timeoutSeconds')) * 1000;

  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const closed = context.gauge.opened(served.group, served.version, served.resource.plural);
  const cancels: (() => void)[] = [];
  const release = () => {
    for (const cancel of cancels.splice(0)) cancel();
    closed();
  };
  // What stood before or happened meanwhile is sent in one go, however much it is.
  let mostWaiting = Number.POSITIVE_INFINITY;
  const send = (sent: Sent) => {
    presentation.now = context.clock.now();
    response.write(line(sent));
    if (response.writableLength > mostWaiting) {
      release();
      response.destroy();
    }
  };
  const bookmark = () => {
    const apiVersion = groupVersion(served.group, served.version);
    const metadata = { resourceVersion: String(store.version), creationTimestamp: null };
    const object = { kind: served.resource.kind, apiVersion, metadata } as unknown as KubeObject;
    send({ type: 'BOOKMARK', object });
  };
  const end = () => {
    release();
    response.end();
  };
  response.on('close', end);

  try {
    const from = asked || store.version;
    if (!asked) for (const object of store.list(served.resource.key)) if (sees(object)) send({ type: 'ADDED', object });
    cancels.push(
      store.watch(served.resource.key, from, (event) => {
        const sent = seen(event, sees);
        if (sent) send(sent);
      }),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    response.write(`${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`);
    end();
    return;
  }
  mostWaiting = response.writableLength + MOST_WAITING_BYTES;
  cancels.push(
    wall.after(timeoutMs, () => {
      if (bookmarks) bookmark();
      end();
    }),
  );
  const keepMarking = () => {
    bookmark();
    cancels.push(wall.after(BOOKMARK_EVERY_MS, keepMarking));
  };
  if (bookmarks) cancels.push(wall.after(BOOKMARK_EVERY_MS, keepMarking));
}
