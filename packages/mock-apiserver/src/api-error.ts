import type { Status } from '@portolan/shared';

/** Why a request is refused, in the apiserver's own words (apimachinery `api/errors`). */
export type ErrorReason =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Gone'
  | 'Expired'
  | 'Invalid'
  | 'Timeout'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'UnsupportedMediaType'
  | 'RequestEntityTooLarge'
  | 'TooManyRequests'
  | 'InternalError'
  | 'ServiceUnavailable'
  // What the apiserver fails with inside and has no reason for.
  | 'Unknown';

const CODES: Record<ErrorReason, number> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  Invalid: 422,
  Timeout: 504,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  UnsupportedMediaType: 415,
  RequestEntityTooLarge: 413,
  TooManyRequests: 429,
  InternalError: 500,
  Unknown: 500,
  ServiceUnavailable: 503,
};

/** One field's complaint inside an Invalid. */
export interface Cause {
  reason: string;
  message: string;
  field: string;
}

/** What names a resource in an error: `deployments.apps`. */
export interface ResourceName {
  group: string;
  plural: string;
  kind: string;
}

/** A refusal that travels as a `Status` with its code. */
export class ApiError extends Error {
  readonly reason: ErrorReason;
  readonly details: Status['details'];
  readonly metadata: { continue?: string };

  /** `metadata` is the Status's own: the token by which a list that expired may go on. */
  constructor(reason: ErrorReason, message: string, details?: Status['details'], metadata: { continue?: string } = {}) {
    super(message);
    this.name = 'ApiError';
    this.reason = reason;
    this.details = details;
    this.metadata = metadata;
  }

  get code(): number {
    return CODES[this.reason];
  }

  /** The `Status` object as it stands on the wire. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      ...(this.reason !== 'Unknown' && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

const qualified = (resource: ResourceName) =>
  resource.group ? `${resource.plural}.${resource.group}` : resource.plural;

const detailsOf = (resource: ResourceName, name: string): NonNullable<Status['details']> => ({
  name,
  ...(resource.group && { group: resource.group }),
  kind: resource.plural,
});

export function notFound(resource: ResourceName, name: string): ApiError {
  return new ApiError('NotFound', `${qualified(resource)} "${name}" not found`, detailsOf(resource, name));
}

export function alreadyExists(resource: ResourceName, name: string): ApiError {
  return new ApiError('AlreadyExists', `${qualified(resource)} "${name}" already exists`, detailsOf(resource, name));
}

/** Optimistic concurrency lost; `why` defaults to the apiserver's sentence. */
export function conflict(
  resource: ResourceName,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): ApiError {
  return new ApiError(
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`,
    detailsOf(resource, name),
  );
}

/** A watch or list from before the history; the window's first usable version stands in parentheses. */
export function tooOld(resourceVersion: number, oldest: number): ApiError {
  return new ApiError('Expired', `too old resource version: ${resourceVersion} (${oldest})`);
}

/** 422 with its causes, phrased as field errors are. */
export function invalid(resource: ResourceName, name: string, causes: Cause[]): ApiError {
  const lines = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const list = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  const kind = resource.group ? `${resource.kind}.${resource.group}` : resource.kind;
  return new ApiError('Invalid', `${kind} "${name}" is invalid: ${list}`, {
    name,
    ...(resource.group && { group: resource.group }),
    kind: resource.kind,
    causes,
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError('BadRequest', message);
}

/** What the request needs is not there at the moment (`NewServiceUnavailable`). */
export function serviceUnavailable(message: string): ApiError {
  return new ApiError('ServiceUnavailable', message);
}
