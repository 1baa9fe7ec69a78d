import { request as httpRequest } from 'node:http';
import type { Cancel, Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { LOOPBACK } from './port-listener.ts';
import type { Loan, ServiceProxy } from './service-proxy.ts';
import { type Traffic, TrafficError, type TrafficReport, type TrafficRequest } from './traffic.ts';
import { type Ending, TrafficCounts } from './traffic-counts.ts';

const RATE = { least: 1, most: 200 };
/** A request without an answer for so long has failed. */
const TIMEOUT_MS = 2000;
const TELL_EVERY_MS = 500;

/** What the client works with; `wall` counts real time. */
export interface TrafficOptions {
  store: Store;
  wall: Clock;
  proxy: ServiceProxy;
}

/** The built-in client, which can be ended for good. */
export interface TrafficClient extends Traffic {
  close(): void;
}

function check(store: Store, { namespace, service, perSecond }: TrafficRequest): void {
  if (!Number.isFinite(perSecond) || perSecond < RATE.least || perSecond > RATE.most) {
    throw new TrafficError(
      'badRate',
      `${perSecond} requests a second cannot be sent: ask for ${RATE.least} to ${RATE.most}`,
    );
  }
  const found = store.get('services', { namespace, name: service });
  if (!found) {
    const known = store.list('services', namespace).map(({ metadata }) => metadata.name);
    const mend = known.length > 0 ? `choose one of ${known.join(', ')}` : 'it has no services';
    throw new TrafficError('unknownService', `there is no service "${service}" in namespace "${namespace}": ${mend}`);
  }
  if (!found.spec.ports?.some(({ protocol = 'TCP' }) => protocol === 'TCP')) {
    throw new TrafficError('noPort', `service "${namespace}/${service}" has no TCP port to send requests to`);
  }
}

/** Sends one request over a connection of its own, and tells how it ended and from which port it was sent. */
function send(port: number, wall: Clock, ended: (failure: string | undefined, from: number | undefined) => void): void {
  let from: number | undefined;
  const headers = { 'user-agent': 'portolan-traffic', connection: 'close' };
  const request = httpRequest({ host: LOOPBACK, port, path: '/', headers, agent: false });
  const giveUp = wall.after(TIMEOUT_MS, () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
  let over = false;
  const end = (failure?: string) => {
    if (over) return;
    over = true;
    giveUp();
    ended(failure, from);
  };
  request.on('socket', (socket) => {
    socket.on('connect', () => {
      from = socket.localPort;
    });
  });
  request.on('error', (error) => end(error.message));
  request.on('response', (response) => {
    const { statusCode = 0 } = response;
    response.on('error', (error) => end(error.message));
    response.on('end', () => end(statusCode < 500 ? undefined : `answered ${statusCode}`));
    response.resume();
  });
  request.end();
}

/** The built-in client over one cluster's proxy. Its times are real: neither rate nor timeout follows the cluster's speed. */
export function createTraffic({ store, wall, proxy }: TrafficOptions): TrafficClient {
  const listeners = new Set<(report: TrafficReport) => void>();
  let counts = new TrafficCounts();
  let sent: TrafficRequest | undefined;
  let loan: Loan | undefined;
  let next: Cancel | undefined;
  let telling: Cancel | undefined;
  let lastFailure: string | null = null;
  /** Tells one run of requests from the one before it. */
  let run = 0;

  const second = () => Math.floor(wall.elapsed() / 1000);

  const describe = (): TrafficReport => ({
    running: loan !== undefined,
    namespace: sent?.namespace ?? null,
    service: sent?.service ?? null,
    perSecond: sent?.perSecond ?? null,
    ...counts.total,
    byRevision: counts.byRevision(),
    byPod: counts.byPod(),
    lastSeconds: counts.lastSeconds(second()),
    lastFailure,
  });

  const tell = () => {
    telling?.();
    telling = undefined;
    const report = describe();
    for (const listener of [...listeners]) listener(report);
  };

  const tellSoon = () => {
    telling ??= wall.after(TELL_EVERY_MS, tell);
  };

  const count = (ending: Ending, failure: string | undefined) => {
    counts.record(ending, second());
    if (failure !== undefined) lastFailure = failure;
    tellSoon();
  };

  const sendOne = (borrowed: Loan) => {
    const into = counts;
    const port = borrowed.port();
    if (port === undefined) {
      count({ by: undefined, ok: false }, `connection refused: service "${sent?.service}" has no ready endpoint`);
      return;
    }
    send(port, wall, (failure, from) => {
      // What was sent before a reset counts nowhere.
      if (into !== counts) return;
      const by = from === undefined ? undefined : proxy.pickedFor(from);
      count({ by, ok: failure === undefined }, failure);
    });
  };

  const keepSending = (borrowed: Loan, perSecond: number) => {
    const began = wall.elapsed();
    const mine = run;
    let done = 0;
    const step = () => {
      if (mine !== run) return;
      // As many as are due: a timer that comes late does not lower the rate.
      const due = Math.floor(((wall.elapsed() - began) / 1000) * perSecond) + 1;
      for (; done < due; done++) sendOne(borrowed);
      next = wall.after(began + (done / perSecond) * 1000 - wall.elapsed(), step);
    };
    step();
  };

  const stop = () => {
    run += 1;
    next?.();
    next = undefined;
    loan?.end();
    loan = undefined;
  };

  const reset = () => {
    counts = new TrafficCounts();
    lastFailure = null;
  };

  return {
    async start(request) {
      check(store, request);
      const same = sent?.namespace === request.namespace && sent.service === request.service;
      const ref = { namespace: request.namespace, name: request.service };
      const borrowed = proxy.lend(ref);
      stop();
      if (!same) reset();
      sent = { ...request };
      loan = borrowed;
      const mine = run;
      await borrowed.ready();
      if (mine === run) keepSending(borrowed, request.perSecond);
      tell();
      return describe();
    },
    stop() {
      stop();
      tell();
      return describe();
    },
    describe,
    reset() {
      reset();
      tell();
      return describe();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      telling?.();
      listeners.clear();
    },
  };
}
