import { EventParser } from './event-parser.ts';

/**
 * Why a transport gave up: no connection or a broken one (`lost`), an answer that is no stream (`refused`, with its
 * status), nothing for too long (`silent`), or a reader who was too far behind (`behind`). `retryMs` is the wait that
 * the server asked for, where it did; `problem` says it in words.
 */
export interface Failure {
  reason: 'lost' | 'refused' | 'silent' | 'behind';
  status: number | null;
  retryMs: number | null;
  problem: string | null;
}

/**
 * What a transport tells its owner. `alive` says that bytes came, whether or not they made a message. After `failed` nothing more comes.
 */
export interface TransportHandlers {
  message(event: string, data: string, id: string): void;
  alive(): void;
  failed(failure: Failure): void;
}

/** One way to open a stream of server-sent events; answers the way to close it, after which nothing more comes. */
export type Transport = (url: string, handlers: TransportHandlers) => () => void;

const HEADERS = { accept: 'text/event-stream' };

/**
 * A transport over `fetch`. Unlike EventSource it knows why it was refused and for how long, sees every byte (a large
 * part on a slow line is a sign of life, and so is a comment), and never tries again by itself: its owner decides.
 */
export const fetchTransport: Transport = (url, handlers) => {
  const abort = new AbortController();
  const give = (failure: Failure) => {
    if (abort.signal.aborted) return;
    abort.abort();
    handlers.failed(failure);
  };
  const read = async () => {
    const response = await fetch(url, { headers: HEADERS, cache: 'no-store', signal: abort.signal });
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || !type.startsWith('text/event-stream') || response.body === null) {
      give(refusal(response, type));
      return;
    }
    handlers.alive();
    const parser = new EventParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      handlers.alive();
      for (const { event, data, id } of parser.push(piece.value)) {
        if (abort.signal.aborted) return;
        handlers.message(event, data, id);
      }
    }
    give({ reason: 'lost', status: null, retryMs: null, problem: null });
  };
  read().catch((error: unknown) => {
    give({ reason: 'lost', status: null, retryMs: null, problem: error instanceof Error ? error.message : null });
  });
  return () => abort.abort();
};

/** The longest that a server's `Retry-After` is obeyed, in milliseconds. */
const LONGEST = 60_000;

function refusal(response: Response, type: string): Failure {
  const { status, statusText } = response;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const problem = response.ok ? `HTTP ${status}, ${type || 'no content type'}` : `HTTP ${status} ${statusText}`.trim();
  const retryMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(LONGEST, seconds * 1_000) : null;
  return { reason: 'refused', status, retryMs, problem };
}

/** How long the server may take to say that it is there, in milliseconds. */
const PATIENCE = 1_800;

/** Asks the server, on a connection of its own, whether it is there; a hidden page does not ask and takes it for granted. */
export async function probeServer(): Promise<boolean> {
  if (document.hidden) return true;
  return fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) }).then(
    () => true,
    () => false,
  );
}
