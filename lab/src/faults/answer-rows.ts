import { pick } from '@portolan/shared';
import type { Asks, Exchange } from '../proxy/exchange.ts';
import { type FaultRow, numberOf, wordOf } from './fault-row.ts';

interface Answer {
  id: string;
  weight?: number;
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: string;
}

const HTML = { 'content-type': 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };
const PAGE = '<html><body><h1>Bad gateway</h1></body></html>';

const status = (code: number, reason: string, message: string, details?: object) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details });

/** What an apiserver, or a proxy before it, may say in place of an answer. */
const OF_API: readonly Answer[] = [
  { id: '500-html', status: 500, headers: HTML, body: PAGE },
  { id: '502-html', status: 502, headers: HTML, body: PAGE },
  {
    id: '503',
    status: 503,
    body: status(503, 'ServiceUnavailable', 'the server is currently unable to handle the request'),
  },
  {
    id: '429',
    status: 429,
    headers: { 'retry-after': '2' },
    body: status(429, 'TooManyRequests', 'too many requests', { retryAfterSeconds: 2 }),
  },
  { id: '410', status: 410, body: status(410, 'Expired', 'too old resource version: 1 (2)') },
  { id: '401', status: 401, body: status(401, 'Unauthorized', 'Unauthorized') },
  { id: '403', weight: 0.7, status: 403, body: status(403, 'Forbidden', 'forbidden: User cannot watch') },
  {
    id: '404',
    weight: 0.5,
    status: 404,
    body: status(404, 'NotFound', 'the server could not find the requested resource'),
  },
  {
    id: '504',
    status: 504,
    body: status(504, 'Timeout', 'Too large resource version: 9999999, current: 1', {
      retryAfterSeconds: 1,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    }),
  },
  { id: '200-html', status: 200, headers: HTML, body: PAGE },
  {
    id: '200-table',
    status: 200,
    body: JSON.stringify({ kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '9' }, rows: [] }),
  },
];

/** What a proxy before the server may say to a browser. */
const OF_PAGE: readonly Answer[] = [
  { id: '502-html', status: 502, headers: HTML, body: PAGE },
  { id: '503', status: 503, headers: { 'retry-after': '3' }, body: 'busy' },
  { id: '200-html', status: 200, headers: HTML, body: PAGE },
];

/** A list or a watch, by what the params say. */
const CHOICES: Readonly<Record<string, readonly Asks[]>> = {
  all: ['list', 'page', 'watch', 'watchList', 'discovery'],
  lists: ['list', 'page', 'watchList'],
  watches: ['watch', 'watchList'],
};

function speak({ status: code, headers = JSON_TYPE, body }: Answer, { response }: Exchange): void {
  response.writeHead(code, headers);
  response.end(body);
}

const ofApi = (answer: Answer): FaultRow => ({
  id: `api.${answer.id}`,
  weight: answer.weight ?? 1,
  silent: false,
  plan: (random) => ({
    to: pick(random, Object.keys(CHOICES)),
    share: pick(random, [0.4, 1]),
    cut: pick(random, [0.5, 1]),
  }),
  begin({ api, random }, params, met) {
    const to = CHOICES[wordOf(params, 'to')] ?? [];
    const end = api.http.tell({
      answer(exchange) {
        if (!to.includes(exchange.asks) || random() >= numberOf(params, 'share')) return false;
        speak(answer, exchange);
        met();
        return true;
      },
    });
    // What is open would never ask.
    api.tcp.cut('rst', () => random() < numberOf(params, 'cut'));
    return end;
  },
});

/** What one kind alone may be answered for a while. */
const KINDS_REFUSED = ['403', '404'];
const PLURALS = ['pods', 'services', 'deployments', 'events', 'nodes', 'namespaces'];

const ofKind = (answer: Answer): FaultRow => ({
  id: `api.kind-${answer.id}`,
  weight: 1.5,
  silent: false,
  plan: (random) => ({ plural: pick(random, PLURALS) }),
  begin({ api }, params, met) {
    const concerns = ({ asks, url }: Exchange) =>
      asks !== 'discovery' && url.pathname.endsWith(`/${wordOf(params, 'plural')}`);
    const end = api.http.tell({
      answer(exchange) {
        if (!concerns(exchange)) return false;
        speak(answer, exchange);
        met();
        return true;
      },
    });
    for (const exchange of api.http.exchanges.filter(concerns)) exchange.breakOff();
    return end;
  },
});

const ofPage = (answer: Answer): FaultRow => ({
  id: `page.${answer.id}`,
  weight: 1,
  silent: false,
  plan: () => ({}),
  begin({ page }, _params, met) {
    const end = page.http.tell({
      answer(exchange) {
        if (exchange.asks !== 'stream') return false;
        speak(answer, exchange);
        met();
        return true;
      },
    });
    page.tcp.cut('rst');
    return end;
  },
});

/** Answers in the server's place. */
export const ANSWER_ROWS: readonly FaultRow[] = [
  ...OF_API.map(ofApi),
  ...OF_API.filter(({ id }) => KINDS_REFUSED.includes(id)).map(ofKind),
  ...OF_PAGE.map(ofPage),
];
