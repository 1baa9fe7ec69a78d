import { ApiError } from '../api-error.ts';

/** One acceptable media type: `application/json;as=Table;g=meta.k8s.io;v=v1`. */
export interface MediaType {
  type: string;
  parameters: Record<string, string>;
}

/** The media types of an Accept header, in its order; an absent one accepts everything. */
export function parseAccept(header: string | undefined): MediaType[] {
  if (!header?.trim()) return [{ type: '*/*', parameters: {} }];
  return header.split(',').map((part) => {
    const [type = '', ...rest] = part.split(';').map((piece) => piece.trim());
    return { type, parameters: Object.fromEntries(rest.map((piece) => piece.split('=', 2))) };
  });
}

/** How an answer is to be shaped. */
export type Shape = 'object' | 'table' | 'metadata';

const isJson = ({ type }: MediaType) => type === 'application/json' || type === '*/*' || type === 'application/*';

/** The first shape asked for that can be served; protobuf is passed over for the JSON that clients also accept. */
export function negotiateShape(header: string | undefined): Shape {
  for (const media of parseAccept(header)) {
    if (!isJson(media)) continue;
    const { as, g, v } = media.parameters;
    if (as === undefined) return 'object';
    if (g !== 'meta.k8s.io' || (v !== 'v1' && v !== 'v1beta1')) continue;
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
  }
  throw new ApiError(
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/json;as=Table;g=meta.k8s.io;v=v1',
  );
}

/** The version of aggregated discovery asked for first, or undefined for the plain form. */
export function negotiateDiscovery(header: string | undefined): 'v2' | 'v2beta1' | undefined {
  for (const media of parseAccept(header)) {
    if (!isJson(media)) continue;
    const { as, g, v } = media.parameters;
    if (as === undefined) return undefined;
    if (as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && (v === 'v2' || v === 'v2beta1')) return v;
  }
  return undefined;
}
