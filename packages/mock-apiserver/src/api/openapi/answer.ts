import type { ServerResponse } from 'node:http';
import { ApiError } from '../../api-error.ts';
import { parseAccept } from '../accept.ts';
import { OPENAPI_V2_PROTOBUF } from './gnostic.ts';
import { openApiV2, openApiV2Protobuf } from './v2.ts';
import { documentHash, openApiV3, openApiV3Index } from './v3.ts';

/** What a request for a document says. */
export interface DocumentRequest {
  url: URL;
  accept: string | undefined;
  /** The tag of the document that the client has. */
  ifNoneMatch?: string | undefined;
}

/** A document ready to be sent. */
interface Document {
  type: string;
  hash: string;
  text(): string | Buffer;
}

const ROOT = '/openapi/v3';

/** The protobuf, by the name that clients ask for as well. */
const isGnostic = (type: string) => [OPENAPI_V2_PROTOBUF, OPENAPI_V2_PROTOBUF.replace('.v1.0', '@v1.0')].includes(type);

function v2({ accept }: DocumentRequest): Document {
  const hash = documentHash('');
  for (const { type } of parseAccept(accept)) {
    if (isGnostic(type)) return { type: OPENAPI_V2_PROTOBUF, hash: `${hash}P`, text: openApiV2Protobuf };
    if (['application/json', '*/*', 'application/*'].includes(type)) {
      return { type: 'application/json', hash, text: openApiV2 };
    }
  }
  const accepted = ['application/json', OPENAPI_V2_PROTOBUF].join(', ');
  throw new ApiError('NotAcceptable', `only the following media types are accepted: ${accepted}`);
}

function v3(path: string): Document | undefined {
  if (path === '') {
    return { type: 'application/json', hash: documentHash(''), text: () => JSON.stringify(openApiV3Index()) };
  }
  const document = openApiV3(path);
  return document === undefined
    ? undefined
    : { type: 'application/json', hash: documentHash(path), text: () => document };
}

/**
 * Answers a request for an OpenAPI document: v2 in the form asked, v3 by group-version, each with a tag by which a client
 * sees that it has it already. False where there is no such document.
 */
export function answerOpenApi(request: DocumentRequest, response: ServerResponse): boolean {
  const { pathname, searchParams } = request.url;
  const path = pathname.replace(/\/$/, '');
  const document =
    path === '/openapi/v2'
      ? v2(request)
      : path === ROOT || path.startsWith(`${ROOT}/`)
        ? v3(path.slice(ROOT.length + 1))
        : undefined;
  if (!document) return false;
  const etag = `"${document.hash}"`;
  // What is asked for by its hash never changes.
  const forever = searchParams.get('hash') === document.hash;
  response.setHeader('etag', etag);
  response.setHeader('vary', 'Accept');
  response.setHeader('cache-control', forever ? 'public, immutable, max-age=31536000' : 'no-cache, private');
  if (request.ifNoneMatch === etag) {
    response.writeHead(304).end();
    return true;
  }
  const text = document.text();
  response.writeHead(200, { 'content-type': document.type, 'content-length': Buffer.byteLength(text) }).end(text);
  return true;
}
