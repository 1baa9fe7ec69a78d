import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Pod, Random } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import { between } from '../controllers/context.ts';
import { foreignPage } from '../foreign-page.ts';
import { answerOf } from './image-answers.ts';
import type { Answer } from './page.ts';
import { type ReachOptions, reach, runs } from './reach.ts';
import type { Redis } from './redis.ts';
import type { Target } from './routes.ts';
import { type ServedBy, servedBy } from './served-by.ts';

/** How long a container takes over a request, in real milliseconds. */
const ANSWER_MS = [2, 8] as const;
/** What a connection may be silent before it is ended. */
const IDLE_MS = 30_000;
const MOST_BODY_BYTES = 16 * 1024;

/** What the connections of pods work with; `wall` counts real time. */
export interface PodSocketsOptions extends ReachOptions {
  wall: Clock;
  random: Random;
  redis: Redis;
}

/** A connection to a container, from its acceptance to its end. */
interface Held {
  socket: Socket;
  target: Target;
  container: string;
  by: ServedBy;
  /** Its container has ended of itself: what was accepted may still be answered. */
  leaving: boolean;
}

/** A body beyond what a container takes. */
class BodyTooLarge extends Error {
  readonly reason = 'bodyTooLarge';
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  if (size > MOST_BODY_BYTES) throw new BodyTooLarge();
  return Buffer.concat(chunks).toString('utf8');
}

const plain = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

const TOO_LARGE = plain(413, `a body of more than ${MOST_BODY_BYTES} bytes is not taken`);

/** The headers that name who answered. */
export function namingHeaders({ pod, node, revision }: ServedBy): Record<string, string> {
  return { 'x-portolan-pod': pod, 'x-portolan-node': node, 'x-portolan-revision': revision };
}

function send(response: ServerResponse, { status, headers, body }: Answer, by: ServedBy, head: boolean): void {
  // Each request is a connection of its own, so that each is picked a pod for.
  response.writeHead(status, {
    ...headers,
    ...namingHeaders(by),
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(head ? undefined : body);
}

/** Whether the container went in its own time (exit code 0), and so answered what it had accepted. */
function endedWell(pod: Pod, container: string): boolean {
  const state = pod.status?.containerStatuses?.find(({ name }) => name === container)?.state;
  return state?.terminated?.exitCode === 0;
}

/**
 * The connections that pods have accepted. A container that ends of itself answers what it accepted before; one that is
 * killed, or whose pod is deleted without grace, resets its connections; one on a node that is down says nothing more.
 */
export class PodSockets {
  readonly #options: PodSocketsOptions;
  readonly #open = new Set<Socket>();
  readonly #held = new Map<Socket, Held>();
  readonly #server = createServer((request, response) => this.#serve(request, response));

  constructor(options: PodSocketsOptions) {
    this.#options = options;
    const { store } = options;
    store.watch('pods', store.version, ({ type, object }) => this.#see(object, type === 'DELETED'));
  }

  /** Hands a connection to the pod it was picked for. */
  take(socket: Socket, target: Target): void {
    const { store, wall, random } = this.#options;
    const met = reach(this.#options, target);
    this.#open.add(socket);
    socket.on('close', () => this.#open.delete(socket));
    socket.on('error', () => socket.destroy());
    if (met.state === 'refused') {
      // Not at once: a client in this process must first have learned that it is connected, and from which port.
      wall.after(between(random, ANSWER_MS), () => socket.resetAndDestroy());
      return;
    }
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    if (met.state === 'silent') return;
    const { pod, container } = met;
    const image = container.image ?? '';
    if (!answerOf(image)) {
      wall.after(between(random, ANSWER_MS), () => socket.end());
      return;
    }
    this.#held.set(socket, {
      socket,
      target,
      container: container.name,
      by: servedBy(store, pod, image),
      leaving: false,
    });
    socket.on('close', () => this.#held.delete(socket));
    this.#server.emit('connection', socket);
  }

  /** Resets every connection. */
  close(): void {
    for (const socket of [...this.#open]) socket.resetAndDestroy();
  }

  #see(pod: Pod, gone: boolean): void {
    for (const held of [...this.#held.values()]) {
      if (held.target.uid !== pod.metadata.uid || held.leaving) continue;
      if (!gone && runs(pod, held.container)) continue;
      if (endedWell(pod, held.container)) held.leaving = true;
      else held.socket.resetAndDestroy();
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const held = this.#held.get(request.socket);
    if (!held) {
      request.socket.destroy();
      return;
    }
    readText(request).then(
      (body) => {
        const foreign = foreignPage(request.headers);
        if (foreign === undefined) this.#answerLater(held, request, response, body);
        else send(response, plain(403, foreign), held.by, request.method === 'HEAD');
      },
      (error: unknown) => {
        if (!(error instanceof BodyTooLarge)) response.destroy();
        else send(response, TOO_LARGE, held.by, false);
      },
    );
  }

  #answerLater(held: Held, request: IncomingMessage, response: ServerResponse, body: string): void {
    const { wall, random, redis, nodeAnswers } = this.#options;
    wall.after(between(random, ANSWER_MS), () => {
      if (response.destroyed || !nodeAnswers(held.by.node)) return;
      const { method = 'GET', url = '/', headers } = request;
      const path = url.split('?', 1)[0] ?? '/';
      const answer = answerOf(held.by.image)?.({ method, path, headers, body }, held.by, redis);
      if (answer) send(response, answer, held.by, method === 'HEAD');
    });
  }
}
