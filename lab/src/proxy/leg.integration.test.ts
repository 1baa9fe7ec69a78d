import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../apps/server/src/clock.ts';
import { type Leg, startLeg } from './leg.ts';

/** An answer as far as it came, and how it ended. */
interface Heard {
  status: number;
  text: string;
  ended: 'whole' | 'broken';
}

describe('a leg', () => {
  let server: Server;
  let leg: Leg;
  let open: ServerResponse[];
  let seen: IncomingMessage[];

  beforeEach(async () => {
    open = [];
    seen = [];
    server = createServer((asked, response) => {
      seen.push(asked);
      if (asked.url?.includes('watch=1')) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.flushHeaders();
        open.push(response);
      } else response.end('{"say":"grüße 港口 ⚓"}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    leg = await startLeg({ url: `http://127.0.0.1:${port}` }, systemClock);
  });

  afterEach(async () => {
    await leg.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function ask(path: string, headers: Record<string, string> = {}): { head: Promise<void>; done: Promise<Heard> } {
    const heads = Promise.withResolvers<void>();
    const done = new Promise<Heard>((resolve) => {
      const heard: Heard = { status: 0, text: '', ended: 'broken' };
      const asked = request(`${leg.url}${path}`, { agent: false, headers });
      asked.on('error', () => resolve(heard));
      asked.on('response', (answer) => {
        heard.status = answer.statusCode ?? 0;
        heads.resolve();
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          heard.text += text;
        });
        answer.on('error', () => resolve(heard));
        answer.on('end', () => resolve({ ...heard, ended: 'whole' }));
      });
      asked.end();
    });
    return { head: heads.promise, done };
  }

  const WATCH = '/api/v1/pods?watch=1';

  it('[F1] passes requests with their token, and what is said back, unchanged', async () => {
    const { status, text, ended } = await ask('/api/v1/pods', { authorization: 'Bearer t' }).done;
    expect({ status, text, ended }).toEqual({ status: 200, text: '{"say":"grüße 港口 ⚓"}', ended: 'whole' });
    expect(seen[0]?.headers.authorization).toBe('Bearer t');
  });

  it('[F2] splits bytes anywhere, within characters too, and loses none', async () => {
    leg.tcp.weather({ piece: () => 1 });
    expect((await ask('/api/v1/pods').done).text).toBe('{"say":"grüße 港口 ⚓"}');
  });

  it.each(['fin', 'rst'] as const)('[F2] cuts what is open (%s), and the next connection is whole', async (ending) => {
    const { head, done } = ask(WATCH);
    await head;
    expect(leg.tcp.cut(ending)).toBe(1);
    expect((await done).ended).toBe('broken');
    expect((await ask('/api/v1/pods').done).ended).toBe('whole');
  });

  it('[F2] a truncated answer ends after its bytes', async () => {
    const { head, done } = ask(WATCH);
    await head;
    leg.tcp.truncate(10, 'fin');
    open[0]?.write('{"type":"ADDED"}\n');
    expect((await done).ended).toBe('broken');
  });

  it('[F2] what is frozen says nothing and is not closed; thawed, nothing is missing', async () => {
    const { head, done } = ask(WATCH);
    await head;
    const { befell, thaw } = leg.tcp.freezeOpen();
    expect(befell).toBe(1);
    open[0]?.write('one\n');
    const other = await ask('/api/v1/pods').done;
    expect(other.ended).toBe('whole');
    open[0]?.end('two\n');
    thaw();
    expect(await done).toEqual({ status: 200, text: 'one\ntwo\n', ended: 'whole' });
  });

  it('[F2] a closed door resets, a black hole takes connections and answers nothing', async () => {
    leg.tcp.door = 'refuse';
    expect(await ask('/api/v1/pods').done).toEqual({ status: 0, text: '', ended: 'broken' });
    leg.tcp.door = 'blackHole';
    const { done } = ask('/api/v1/pods');
    while (leg.tcp.turnedAway < 2) await turn();
    leg.tcp.door = 'open';
    await ask('/api/v1/nodes').done;
    leg.tcp.cut('rst');
    expect((await done).ended).toBe('broken');
  });

  it('[F3] a lie speaks in place of the server until it is taken back', async () => {
    const end = leg.http.tell({
      answer({ response }) {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html>');
        return true;
      },
    });
    expect(await ask('/api/v1/pods').done).toEqual({ status: 502, text: '<html>', ended: 'whole' });
    end();
    expect((await ask('/api/v1/pods').done).status).toBe(200);
  });

  it('[F3] lines of a watch are changed, put in between, and cut', async () => {
    const { head, done } = ask(WATCH);
    await head;
    expect(leg.http.exchanges[0]?.inject(Buffer.from('between\n'))).toBe(true);
    const end = leg.http.tell({
      line: (line) => ({ send: [line.subarray(0, 3)], end: true }),
    });
    open[0]?.write('a whole line\n');
    expect(await done).toEqual({ status: 200, text: 'between\na w', ended: 'whole' });
    end();
  });

  it('[F3] a line that a lie leaves out is lost, and no other', async () => {
    const { head, done } = ask(WATCH);
    await head;
    leg.http.tell({ line: (line) => (line.includes('lost') ? { send: [], end: false } : null) });
    open[0]?.end('one\nlost\ntwo\n');
    expect(await done).toEqual({ status: 200, text: 'one\ntwo\n', ended: 'whole' });
  });

  it('[F66] an answer goes on compressed while a lie says so, to whoever takes gzip', async () => {
    const end = leg.http.tell({ compresses: ({ asks }) => asks === 'list' });
    const taken = await fetch(`${leg.url}/api/v1/pods`, { headers: { 'accept-encoding': 'gzip' } });
    expect(taken.headers.get('content-encoding')).toBe('gzip');
    expect(await taken.text()).toBe('{"say":"grüße 港口 ⚓"}');
    expect((await ask('/api/v1/pods').done).text).toBe('{"say":"grüße 港口 ⚓"}');
    end();
    const plain = await fetch(`${leg.url}/api/v1/pods`, { headers: { 'accept-encoding': 'gzip' } });
    expect(plain.headers.get('content-encoding')).toBe(null);
  });

  it('[F3] an answer that breaks off upstream is not made whole', async () => {
    const { head, done } = ask(WATCH);
    await head;
    open[0]?.destroy();
    expect((await done).ended).toBe('broken');
  });

  it('[F4] the server behind a leg is exchanged without a word to its client', async () => {
    const other = createServer((_request, response) => void response.end('another'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    leg.lead({ url: `http://127.0.0.1:${(other.address() as AddressInfo).port}` });
    expect((await ask('/api/v1/pods').done).text).toBe('another');
    other.closeAllConnections();
    other.close();
  });
});
