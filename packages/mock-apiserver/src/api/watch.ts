import type { ServerResponse } from 'node:http';
import type { KubeObject } from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import type { StoreEvent } from '../store/history.ts';
import { DEFINITIONS } from './custom/custom-resources.ts';
import { type WatchOptions, watchOptionsOf } from './list-options.ts';
import { presentationOf } from './read.ts';
import type { ApiContext, ResourceRequest } from './request.ts';
import { groupVersion } from './resource.ts';
import { objectsIn, scopeOf, selectionOf } from './selection.ts';
import { type Told, WatchLines } from './watch-lines.ts';
import { WatchPen } from './watch-pen.ts';

const BOOKMARK_EVERY_MS = 60_000;

/** Marks the bookmark that ends what stood when a watch began (`metav1.InitialEventsAnnotationKey`). */
const INITIAL_END = { 'k8s.io/initial-events-end': 'true' };

/** What a write means to a watch that sees only some objects: entering is ADDED, leaving is DELETED. */
function seen(event: StoreEvent, sees: (object: KubeObject) => boolean): Told | undefined {
  const { type, object, previous } = event;
  const before = previous !== undefined && sees(previous);
  const now = type !== 'DELETED' && sees(object);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object, event };
  if (!before || !previous) return undefined;
  if (type === 'DELETED') return { type, object, event };
  // What left the selector is shown as it last matched, at the version it left (apiserver cacher).
  const metadata = { ...previous.metadata, resourceVersion: object.metadata.resourceVersion };
  return { type: 'DELETED', object: { ...previous, metadata }, event };
}

/**
 * Serves one watch until its timeout, the client's leaving or the server's end. Headers go out at once; what stands is sent
 * as fast as the reader takes it, and what happens meanwhile after it. A version older than the history answers 200 and then
 * an ERROR line, as the apiserver does, never an HTTP error.
 */
export function watchObjects(request: ResourceRequest, context: ApiContext, response: ServerResponse): void {
  const { query, served, namespace, name } = request;
  const { store, wall } = context;
  const { resource } = served;
  const options = watchOptionsOf(query);
  const selection = selectionOf(query, resource);
  const sees = (object: KubeObject) =>
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name) &&
    selection(object);
  const scope = scopeOf(query, resource, namespace, name);
  const presentation = presentationOf(request, context);
  const lines = new WatchLines(presentation, () => context.clock.now());

  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  const closed = context.gauge.opened(served.group, served.version, resource.plural);
  const cancels: (() => void)[] = [];
  const release = () => {
    for (const cancel of cancels.splice(0)) cancel();
    closed();
  };
  const pen = new WatchPen(response, release);

  const bookmark = (version: number, annotations?: Record<string, string>) => {
    const metadata = { resourceVersion: String(version), creationTimestamp: null, ...(annotations && { annotations }) };
    const apiVersion = groupVersion(served.group, served.version);
    const object = { kind: resource.kind, apiVersion, metadata } as unknown as KubeObject;
    return lines.of({ type: 'BOOKMARK', object });
  };
  const end = () => {
    release();
    pen.end();
  };
  response.on('close', release);

  function* initial(objects: readonly KubeObject[], { markInitialEnd }: WatchOptions, version: number) {
    for (const object of objects) if (sees(object)) yield lines.of({ type: 'ADDED', object });
    if (markInitialEnd) yield bookmark(version, INITIAL_END);
  }

  try {
    const { version } = store;
    const from = options.initial ? version : options.version || version;
    if (options.version && options.version > version) store.checkVersion(resource.key, options.version);
    if (options.initial) pen.begin(initial(objectsIn(scope, resource.key, store), options, version));
    cancels.push(
      store.watch(
        resource.key,
        from,
        (event) => {
          const told = seen(event, sees);
          if (told) pen.write(lines.of(told));
        },
        scope,
      ),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    pen.write(`${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`);
    end();
    return;
  }
  if (resource.definition !== undefined) {
    const gone = ({ type }: StoreEvent) => type === 'DELETED' && end();
    cancels.push(store.watch(DEFINITIONS, store.version, gone, { of: 'object', ref: { name: resource.definition } }));
  }
  pen.limit();
  cancels.push(
    wall.after(options.timeoutMs, () => {
      if (options.bookmarks) pen.write(bookmark(store.version));
      end();
    }),
  );
  if (!options.bookmarks) return;
  const keepMarking = () => {
    pen.write(bookmark(store.version));
    cancels.push(wall.after(BOOKMARK_EVERY_MS, keepMarking));
  };
  cancels.push(wall.after(BOOKMARK_EVERY_MS, keepMarking));
}
