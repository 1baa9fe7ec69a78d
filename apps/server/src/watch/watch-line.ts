import type { Kind, KubeObject, Status, WatchEvent } from '@portolan/shared';
import { ApiError } from './api-error.ts';
import type { KindRequest } from './kind-request.ts';

/** Parses one line of a watch; a line that is not one of its events ends the watch. */
export function parseWatchLine({ kind, objects }: Pick<KindRequest, 'kind' | 'objects'>, line: string): WatchEvent {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new ApiError('malformed', `the watch of ${kind} sent a line that is not JSON`, { cause: error });
  }
  const event = value as { type?: unknown; object?: Partial<KubeObject> } | null;
  const object = event?.object;
  if (typeof object !== 'object' || object === null) throw malformed(kind, 'an event without an object');
  switch (event?.type) {
    case 'ERROR':
      return { type: 'ERROR', object: object as unknown as Status };
    case 'BOOKMARK':
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      if (!objects.includes(object.kind ?? '')) throw malformed(kind, `an object of kind ${String(object.kind)}`);
      if (typeof object.metadata?.resourceVersion !== 'string') throw malformed(kind, 'an object without a version');
      if (event.type !== 'BOOKMARK' && typeof object.metadata.uid !== 'string') {
        throw malformed(kind, 'an object without a uid');
      }
      return { type: event.type, object: object as KubeObject };
    default:
      throw malformed(kind, `an event of type ${String(event?.type)}`);
  }
}

function malformed(kind: Kind, what: string): ApiError {
  return new ApiError('malformed', `the watch of ${kind} sent ${what}`);
}
