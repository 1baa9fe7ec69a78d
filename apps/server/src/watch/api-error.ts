import type { Status } from '@portolan/shared';

/**
 * Why a request to the apiserver failed, as far as the answer differs: no connection at all; its name is not
 * known; TLS failed; the proxy leads nowhere; it sends us elsewhere; no answer in time; no credentials to send; 401; 403; 404; 410 or an Expired status; a version that the server has not reached (504 with the
 * cause ResourceVersionTooLarge); 429; 5xx; another refusal; an answer that is not what was asked for; an ERROR event with
 * another code; a version that went backwards.
 */
export type ApiErrorReason =
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'proxy'
  | 'redirected'
  | 'timeout'
  | 'credentials'
  | 'unauthorized'
  | 'forbidden'
  | 'absent'
  | 'expired'
  | 'tooLarge'
  | 'throttled'
  | 'server'
  | 'refused'
  | 'malformed'
  | 'errorEvent'
  | 'regressed';

/** A failed request. `retryAfterMs` is the server's wish, when it had one. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reason: ApiErrorReason;
  readonly retryAfterMs: number | null;

  constructor(
    reason: ApiErrorReason,
    message: string,
    options: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

const reasonByCode = new Map<number, ApiErrorReason>([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'absent'],
  [410, 'expired'],
  [429, 'throttled'],
]);

function reasonOf(code: number, status: Status | null): ApiErrorReason {
  if (tooLarge(status)) return 'tooLarge';
  return reasonByCode.get(code) ?? (code >= 500 ? 'server' : 'refused');
}

/** Servers before 1.18 say it in the message alone (client-go `isTooLargeResourceVersionError`). */
function tooLarge(status: Status | null): boolean {
  return (
    status?.details?.causes?.some(
      ({ reason, message }) => reason === 'ResourceVersionTooLarge' || message === 'Too large resource version',
    ) ?? /^Timeout: Too large resource version/.test(status?.message ?? '')
  );
}

/** The error of an HTTP answer that is not 2xx; `body` is parsed when it was a Status. */
export function errorOfResponse(
  what: string,
  code: number,
  status: Status | null,
  retryAfter: string | null,
): ApiError {
  const said = status?.message === undefined ? '' : `: ${status.message}`;
  const mend = code === 401 ? '; renew the credentials in the kubeconfig' : '';
  return new ApiError(reasonOf(code, status), `${what} answered ${code}${said}${mend}`, {
    retryAfterMs: retryAfterMs(retryAfter, status),
  });
}

/** The error of an ERROR event in a watch; expiry keeps its class, everything else asks for a new list. */
export function errorOfEvent(what: string, status: Status): ApiError {
  const code = status.code ?? 0;
  const kept = code === 410 || status.reason === 'Expired' || status.reason === 'Gone' ? 'expired' : 'errorEvent';
  const reason = tooLarge(status) ? 'tooLarge' : code === 429 ? 'throttled' : kept;
  return new ApiError(reason, `${what} sent an error event: ${status.message ?? status.reason ?? `code ${code}`}`, {
    retryAfterMs: retryAfterMs(null, status),
  });
}

/** Seconds in the header or in the Status, in ms; a date in the header is ignored, as client-go does. */
function retryAfterMs(header: string | null, status: Status | null): number | null {
  const seconds = header === null ? status?.details?.retryAfterSeconds : Number(header);
  return seconds === undefined || !Number.isFinite(seconds) || seconds <= 0 ? null : seconds * 1000;
}
