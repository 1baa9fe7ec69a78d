import { answerResource } from './handler.ts';
import type { ApiContext } from './request.ts';

/** A request without HTTP: a body is JSON unless its type says otherwise. */
export interface ApiCall {
  method: string;
  path: string;
  contentType?: string;
  body?: unknown;
}

/**
 * Asks the API as a client would, without a connection: same defaults, checks and refusals. Answers the body; throws the
 * ApiError that HTTP would carry as a Status.
 */
export function callApi(context: ApiContext, { method, path, contentType, body }: ApiCall): unknown {
  const request = {
    method,
    url: new URL(path, 'http://in-process'),
    accept: undefined,
    contentType: contentType ?? 'application/json',
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  };
  return answerResource(request, context).body;
}
