import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { seededRandom } from '@portolan/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cluster, startCluster } from '../cluster.ts';
import { fakeClock } from '../fake-clock.ts';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import { type FuzzRequest, fuzzRequest } from '../testing/fuzz-requests.ts';
import { type ApiServer, startApiServer } from './server.ts';

const REQUESTS = 1000;
const MIB = 1024 * 1024;

/** What has no end of its own, or takes longer than this, hangs. */
const PATIENCE_MS = 20_000;

interface Answer {
  code: number;
  type: string;
  body: string;
}

/** One request by the number that replays it. */
const SEEDS = process.env.PORTOLAN_FUZZ_SEED
  ? [Number(process.env.PORTOLAN_FUZZ_SEED)]
  : Array.from({ length: REQUESTS }, (_, index) => index + 1);

/** The head of an answer, once it has come whole. */
function headOf(text: string): { code: number; type: string; chunked: boolean; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  return {
    code: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    type: /^content-type: (.*)$/im.exec(head)?.[1]?.trim() ?? '',
    chunked: /^transfer-encoding: chunked/im.test(head),
    length: Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0),
  };
}

/** Sends bytes and reads the answer; undefined when the connection ends without one. A watch counts from its head. */
function ask(port: number, { bytes, breaksOff }: FuzzRequest): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const finish = (answer: Answer | undefined) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(answer);
    };
    const patience = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer within ${PATIENCE_MS} ms, but: ${text.slice(0, 300)}`));
    }, PATIENCE_MS);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const head = headOf(text);
      if (!head) return;
      const body = text.slice(text.indexOf('\r\n\r\n') + 4);
      if (head.chunked && bytes.includes('watch=')) finish({ ...head, body: '' });
      else if (head.length > 0 && body.length >= head.length) finish({ ...head, body });
      else if (head.chunked && body.endsWith('0\r\n\r\n')) finish({ ...head, body });
    });
    const ended = () => {
      const head = headOf(text);
      finish(head && { code: head.code, type: head.type, body: text.slice(text.indexOf('\r\n\r\n') + 4) });
    };
    socket.on('end', ended);
    socket.on('error', ended);
    socket.write(bytes);
    if (breaksOff) socket.end();
  });
}

describe('whatever is sent to the API', () => {
  let cluster: Cluster;
  let server: ApiServer;
  const failures: unknown[] = [];

  beforeAll(async () => {
    const clock = fakeClock();
    const report = (error: unknown) => failures.push(error);
    cluster = startCluster({ facts: guestbookCluster, clock, wall: clock, seed: 1, version: 1000, report });
    server = await startApiServer(cluster.api, { host: '127.0.0.1', port: 0 });
    const metadata = { namespace: 'default', name: 'known' };
    cluster.store.create('configmaps', { metadata });
    const template = { metadata: { labels: { app: 'known' } }, spec: { containers: [{ name: 'c', image: 'redis' }] } };
    const spec = { replicas: 1, selector: { matchLabels: { app: 'known' } }, template };
    cluster.store.create('deployments.apps', { metadata, spec });
  });

  afterAll(() => server.close());

  const port = () => Number(new URL(server.url).port);

  /** What is wrong with an answer; undefined for a success, or a Status that says what it refuses. */
  const wrong = (request: FuzzRequest, answer: Answer | undefined): string | undefined => {
    if (!answer) return request.breaksOff ? undefined : 'the connection ended without an answer';
    const { code, type, body } = answer;
    if (code >= 100 && code < 400) return undefined;
    if (request.bytes.subarray(0, 5).toString() === 'HEAD ') return undefined;
    if (!type.startsWith('application/json')) return `${code} comes as "${type}": ${body.slice(0, 100)}`;
    const status = JSON.parse(Buffer.from(body, 'latin1').toString()) as {
      kind?: string;
      code?: number;
      message?: string;
    };
    if (status.message?.startsWith('Internal error occurred')) return status.message;
    const isStatus = status.kind === 'Status' && status.code === code && status.message;
    return isStatus ? undefined : `${code} comes with no Status: ${body.slice(0, 300)}`;
  };

  const sendAll = async () => {
    const complaints: string[] = [];
    for (const seed of SEEDS) {
      const request = fuzzRequest(seededRandom(seed));
      const asked = request.bytes.subarray(0, 160).toString('latin1').split('\r\n')[0] ?? '';
      const complaint = await ask(port(), request).then(
        (answer) => wrong(request, answer),
        (error: unknown) => String(error),
      );
      if (complaint !== undefined) {
        complaints.push(`PORTOLAN_FUZZ_SEED=${seed} replays "${request.kind}" (${asked.slice(0, 100)}): ${complaint}`);
      }
    }
    return complaints;
  };

  const heapAfterGc = () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    gc();
    gc();
    return process.memoryUsage().heapUsed;
  };

  it('[M195] a thousand seeded mistakes are each answered with a Status or with success, twice, and leave no memory behind', {
    timeout: 300_000,
  }, async () => {
    expect(await sendAll()).toEqual([]);
    cluster.store.compact();
    const once = heapAfterGc();
    expect(await sendAll()).toEqual([]);
    cluster.store.compact();
    expect(heapAfterGc() - once).toBeLessThan(8 * MIB);
    expect(failures).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect((await fetch(`${server.url}/api/v1/namespaces/default`)).status).toBe(200);
  });
});
