import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { Listener } from '../testing/listener.ts';
import { namespaceObject } from '../testing/objects.ts';
import { reflectorOn, served } from '../testing/reflector-room.ts';
import { listOf } from '../testing/scripted-client.ts';
import type { Access } from './access/access.ts';
import { Transport } from './transport.ts';

const PATH = '/api/v1/namespaces';
const DISCOVERY = served('v1.20.2');

let listener: Listener;
let transport: Transport;
let room: ReturnType<typeof reflectorOn<Transport>>;
/** Answers lists and watches; what it leaves unanswered stays so. */
let lists: ((response: ServerResponse) => void)[];
let watches: ((response: ServerResponse, request: IncomingMessage) => void)[];

beforeEach(async () => {
  lists = [];
  watches = [];
  listener = await new Listener((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    const discovery = DISCOVERY[url.pathname];
    if (discovery !== undefined) json(response, discovery);
    else if (url.pathname === PATH && url.searchParams.has('watch')) watches.shift()?.(response, request);
    else if (url.pathname === PATH) lists.shift()?.(response);
    else response.writeHead(404).end();
  }).start();
  const cluster = {
    name: 'red',
    server: listener.url(),
    ca: null,
    skipVerify: false,
    tlsServerName: null,
    proxy: null,
    execConfig: null,
  };
  const user = {
    name: 'me',
    token: null,
    certificate: null,
    key: null,
    basic: null,
    exec: null,
    authProvider: null,
    impersonate: null,
  };
  const access: Access = { cluster, user };
  const clock = new FakeClock();
  transport = new Transport({ load: () => access, env: {}, clock, version: 'test' });
  room = reflectorOn(transport, undefined, { clock });
});
afterEach(async () => {
  room.reflector.stop();
  await transport.close();
  await listener.stop();
});

function json(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

const listed =
  (version: string, ...names: string[]) =>
  (response: ServerResponse) =>
    json(
      response,
      listOf(
        version,
        names.map((name) => namespaceObject(name, version)),
      ),
    );

const line = (type: string, name: string, version: string, phase = 'Active') =>
  `${JSON.stringify({ type, object: { ...namespaceObject(name, version), status: { phase } } })}\n`;

/** Time passes on the clock while the network does what it does. */
async function until(condition: () => boolean, stepMs = 0): Promise<void> {
  while (!condition()) await room.clock.advance(stepMs);
}

const state = () => room.reflector.source().state;

/** Lists `a` at version 10 and watches: the answer of the watch is left to the test. */
async function live(): Promise<ServerResponse> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  lists.push(listed('10', 'a'));
  watches.push((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    resolve(response);
  });
  room.reflector.start();
  await until(() => state() === 'live');
  return promise;
}

describe('bytes', () => {
  it('[W7, case 25] events that come byte by byte are read whole, characters of many bytes included', async () => {
    const watch = await live();
    watch.socket?.setNoDelay();
    for (const byte of Buffer.from(line('ADDED', 'b', '11', 'Größe→✓ 🐙') + line('DELETED', 'a', '12'))) {
      watch.write(Uint8Array.of(byte));
      await room.clock.settle();
    }
    await until(() => room.sink.names().join() === 'b');
    expect(room.sink.held.get('uid-b')).toMatchObject({ phase: 'Größe→✓ 🐙' });
    expect(room.reflector.report()).toMatchObject({ state: 'live', version: '12', malformed: 0 });
  });

  it('[W7, case 25] a list that comes byte by byte is read whole', async () => {
    lists.push((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const object = { ...namespaceObject('b', '5'), status: { phase: '→✓🐙' } };
      const bytes = [...Buffer.from(JSON.stringify(listOf('10', [object])))];
      const more = () => {
        const byte = bytes.shift();
        if (byte === undefined) response.end();
        else response.write(Uint8Array.of(byte), () => setImmediate(more));
      };
      more();
    });
    watches.push((response) => response.flushHeaders());
    room.reflector.start();
    await until(() => state() === 'live');
    expect(room.sink.held.get('uid-b')).toMatchObject({ phase: '→✓🐙' });
  });

  it('[W15, case 25] a stream that ends within a line is counted, and everything is read anew; nothing of the line is shown', async () => {
    const watch = await live();
    lists.push(listed('20', 'c'));
    watches.push((response) => response.flushHeaders());
    watch.end(line('ADDED', 'b', '11') + line('ADDED', 'x', '12').slice(0, 60));
    await until(() => room.reflector.report().malformed === 1);
    expect(room.sink.names()).toEqual(['a', 'b']);
    await until(() => room.sink.names().join() === 'c', 100);
  });

  it('[W8, case 25] a connection that is cut within a line resumes: what came whole is kept, the rest comes again', async () => {
    const watch = await live();
    let asked: string | null = null;
    watches.push((response, request) => {
      asked = new URL(request.url ?? '', 'http://server').searchParams.get('resourceVersion');
      response.write(line('ADDED', 'x', '12'));
    });
    watch.write(line('ADDED', 'b', '11') + line('ADDED', 'x', '12').slice(0, 60));
    await until(() => room.sink.names().includes('b'));
    watch.socket?.destroy();
    await until(() => room.sink.names().includes('x'), 100);
    expect(asked).toBe('11');
    expect(room.reflector.report()).toMatchObject({ malformed: 0, syncs: { start: 1 } });
  });

  it.each([
    ['to a list', () => lists.push(page)],
    ['to a list, compressed as it says and is not', () => lists.push(pretended)],
  ])(
    '[W15, case 25] a page of HTML with status 200 in answer %s is malformed, and nothing of it is kept',
    async (_what, prepare) => {
      prepare();
      lists.push(listed('10', 'a'));
      watches.push((response) => response.flushHeaders());
      room.reflector.start();
      await until(() => state() === 'backoff');
      expect(room.reflector.report()).toMatchObject({ malformed: 1, objects: 0 });
      await until(() => state() === 'live', 100);
      expect(room.sink.names()).toEqual(['a']);
    },
  );

  it('[W15, case 25] a page of HTML with status 200 in answer to a watch ends it, and everything is read anew', async () => {
    lists.push(listed('10', 'a'), listed('20', 'b'));
    watches.push(page, (response) => response.flushHeaders());
    room.reflector.start();
    await until(() => room.reflector.report().malformed === 1);
    expect(room.sink.names()).toEqual(['a']);
    await until(() => room.sink.names().join() === 'b', 100);
  });

  it('[W15, case 25] a line of 9 MiB ends the watch without being held', async () => {
    const watch = await live();
    lists.push(listed('20', 'b'));
    watches.push((response) => response.flushHeaders());
    watch.write(`{"type":"ADDED","object":{"metadata":{"name":"${'x'.repeat(9 * 2 ** 20)}`);
    await until(() => room.reflector.report().malformed === 1);
    await until(() => room.sink.names().join() === 'b', 100);
  });
});

function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>\n<body>Please log in</body>\n</html>\n');
}

function pretended(response: ServerResponse): void {
  response.writeHead(200, { 'content-encoding': 'gzip' }).end('<html>Please log in</html>');
}

describe('silence', () => {
  it('[W17, case 26] a half-open connection: after 150 s without a byte it is let go of, and the watch resumes on another', async () => {
    const watch = await live();
    const [half] = sockets();
    watch.write(
      `${JSON.stringify({ type: 'BOOKMARK', object: { kind: 'Namespace', metadata: { resourceVersion: '15' } } })}\n`,
    );
    await until(() => room.reflector.report().version === '15');
    const heard = room.clock.now();
    await room.clock.advance(149_000);
    expect(state()).toBe('live');
    let asked: string | null = null;
    watches.push((response, request) => {
      asked = new URL(request.url ?? '', 'http://server').searchParams.get('resourceVersion');
      response.flushHeaders();
    });
    await room.clock.advance(1000);
    expect(room.reflector.source()).toMatchObject({ state: 'backoff', current: heard });
    await until(() => asked !== null && state() === 'live', 100);
    expect(asked).toBe('15');
    await expect.poll(() => half?.destroyed).toBe(true);
  });

  it('[W69, case 26] a frozen process takes connections and answers nothing: list and watch end with their time', async () => {
    room.reflector.start();
    await expect.poll(() => listener.requests.some(({ url }) => url?.startsWith(PATH))).toBe(true);
    await room.clock.advance(59_000);
    expect(state()).toBe('syncing');
    await room.clock.advance(1000);
    await until(() => state() === 'backoff');
    expect(room.reflector.source().problem).toContain('was not answered within 60 s');
    lists.push(listed('10', 'a'));
    await until(() => room.sink.size === 1, 100);
    await expect.poll(() => listener.requests.some(({ url }) => url?.includes('watch=1'))).toBe(true);
    await room.clock.advance(90_000);
    await until(() => state() === 'backoff');
    expect(room.reflector.source().problem).toContain('was not answered within 90 s');
    expect(room.sink.names()).toEqual(['a']);
  });

  it('[W17, case 26] a machine that slept for an hour: no timer of the hour is late twice, and the watch resumes', async () => {
    await live();
    const before = room.clock.now();
    watches.push((response) => response.write(line('ADDED', 'b', '11')));
    room.clock.work(3_600_000);
    room.clock.jump(5000);
    await until(() => room.sink.names().includes('b'), 100);
    expect(room.reflector.report()).toMatchObject({ state: 'live', resumes: { timeout: 1 }, syncs: { start: 1 } });
    expect(room.currents).toContain(before);
  });
});

function sockets(): Socket[] {
  return [...listener.open];
}
