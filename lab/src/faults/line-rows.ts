import { between, pick } from '@portolan/shared';
import type { Exchange } from '../proxy/exchange.ts';
import { type FaultRow, numberOf, type Scene, wordOf } from './fault-row.ts';

const isWatch = ({ asks }: Exchange) => asks === 'watch' || asks === 'watchList';

const errorLine = (code: number, reason: string, message: string, details?: object) =>
  Buffer.from(
    `${JSON.stringify({
      type: 'ERROR',
      object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, reason, message, details },
    })}\n`,
  );

/** Lines that no watch should send, by what they are. */
const LINES: Readonly<Record<string, () => Buffer>> = {
  'malformed-line': () => Buffer.from('\u0000%!not json}{\n'),
  'unknown-type': () => Buffer.from('{"type":"RENAMED","object":{"kind":"Pod","metadata":{"resourceVersion":"1"}}}\n'),
  'error-410': () => errorLine(410, 'Expired', 'too old resource version: 1 (2)'),
  'error-500': () => errorLine(500, 'InternalError', 'etcdserver: request timed out'),
  'error-429': () => errorLine(429, 'TooManyRequests', 'too many requests', { retryAfterSeconds: 1 }),
  // apiserver `storage/etcd3` of 1.32: an object that cannot be decoded was deleted in spite of it.
  'unsafe-delete': () =>
    errorLine(500, 'StoreReadError', 'data from the storage is not transformable: corrupt object deleted'),
};

function injecting(id: string, make: () => Buffer, weight: number): FaultRow {
  return {
    id: `api.${id}`,
    weight,
    silent: false,
    plan: (random) => ({ share: pick(random, [0.3, 1]) }),
    begin({ api, random }, params, met) {
      const bytes = make();
      for (const exchange of api.http.exchanges.filter(isWatch)) {
        if (random() < numberOf(params, 'share') && exchange.inject(bytes)) met();
      }
      // One that opens meanwhile has its first line spoilt.
      const spoilt = new WeakSet<Exchange>();
      return api.http.tell({
        line(line, exchange) {
          if (spoilt.has(exchange) || !isWatch(exchange)) return null;
          spoilt.add(exchange);
          if (random() >= 0.3) return null;
          met();
          return { send: [bytes, line], end: false };
        },
      });
    },
  };
}

/** Changes made while it lasts, so that lines come to be befallen. */
function amid({ burst }: Scene): void {
  burst(8);
}

/** In one world all lines that are lost are of one type: a lost creation would hide a lost deletion from whoever counts. */
const lost = new WeakMap<Scene, string>();
/** An audit comes within six minutes and may wait for 90 s. */
const AUDITED_MS = 480_000;

/** What befalls the lines of watches, and the heads and pages of lists. */
export const LINE_ROWS: readonly FaultRow[] = [
  ...Object.entries(LINES).map(([id, make]) => injecting(id, make, 1)),
  injecting('oversized-line', () => Buffer.concat([Buffer.alloc(8 * 1024 * 1024 + 10, 'x'), Buffer.from('\n')]), 0.3),
  {
    id: 'api.lost-line',
    weight: 0.7,
    silent: true,
    echoMs: AUDITED_MS,
    plan: (random) => ({ type: pick(random, ['ADDED', 'DELETED']) }),
    begin(scene, params, met) {
      const type = lost.get(scene) ?? wordOf(params, 'type');
      lost.set(scene, type);
      let left = 1;
      const end = scene.api.http.tell({
        line(line, exchange) {
          if (!isWatch(exchange) || left === 0 || !line.subarray(0, 40).includes(`"type":"${type}"`)) return null;
          left--;
          met();
          return { send: [], end: false };
        },
      });
      scene.burst(20);
      return end;
    },
  },
  {
    id: 'api.gzip',
    weight: 1,
    silent: false,
    plan: () => ({}),
    begin({ api }, _params, met) {
      const end = api.http.tell({
        compresses({ asks }) {
          if (asks !== 'list' && asks !== 'page') return false;
          met();
          return true;
        },
      });
      for (const exchange of api.http.exchanges.filter(isWatch))
        exchange.inject(errorLine(410, 'Expired', 'too old resource version'));
      return end;
    },
  },
  {
    id: 'api.cut-line',
    weight: 1,
    silent: false,
    plan: (random) => ({ share: pick(random, [0.2, 1]) }),
    begin(scene, params, met) {
      const end = scene.api.http.tell({
        line(line, exchange) {
          if (!isWatch(exchange) || scene.random() >= numberOf(params, 'share')) return null;
          met();
          return { send: [line.subarray(0, between(scene.random, 1, line.length - 2))], end: true };
        },
      });
      amid(scene);
      return end;
    },
  },
  {
    id: 'api.bookmark-twice',
    weight: 1,
    silent: false,
    plan: () => ({}),
    begin({ api }, _params, met) {
      return api.http.tell({
        line(line) {
          if (!line.subarray(0, 40).includes('"BOOKMARK"')) return null;
          met();
          return { send: [line, line], end: false };
        },
      });
    },
  },
  {
    id: 'api.hold-headers',
    weight: 1,
    silent: false,
    plan: (random) => ({ ms: between(random, 500, 20_000) }),
    begin({ api, random }, params, met) {
      const end = api.http.tell({
        holds() {
          met();
          return numberOf(params, 'ms');
        },
      });
      api.tcp.cut('fin', () => random() < 0.5);
      return end;
    },
  },
  {
    id: 'api.refuse-continue',
    weight: 1,
    silent: false,
    plan: (random) => ({ share: pick(random, [0.3, 1]) }),
    begin(scene, params, met) {
      const { api, random } = scene;
      const end = api.http.tell({
        answer({ asks, response }) {
          if (asks !== 'page' || random() >= numberOf(params, 'share')) return false;
          met();
          response.writeHead(410, { 'content-type': 'application/json' });
          response.end(
            JSON.stringify({ kind: 'Status', code: 410, reason: 'Expired', message: 'the continue token is too old' }),
          );
          return true;
        },
      });
      // Only what is listed anew comes to its second page.
      for (const exchange of api.http.exchanges.filter(isWatch))
        exchange.inject(errorLine(410, 'Expired', 'too old resource version'));
      return end;
    },
  },
];
