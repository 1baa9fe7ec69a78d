import { Agent, get, request } from 'node:http';
import { pathToFileURL } from 'node:url';

/** What a load client is asked for, in a process of its own, so that what it costs is not counted against the server. */
export type Load =
  | { do: 'read'; url: string }
  | { do: 'ask'; url: string; seconds: number; connections: number }
  | { do: 'watch'; url: string; watchUrl: string; watchers: number; seconds: number; writers: number };

/** What came of it: bytes or answers or lines, in so many seconds. */
export interface LoadResult {
  count: number;
  seconds: number;
}

const seconds = (since: number) => (performance.now() - since) / 1000;

/** Reads an answer to its end and counts its bytes. */
function read(url: string): Promise<LoadResult> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let count = 0;
      response.on('data', (chunk: Buffer) => {
        count += chunk.length;
      });
      response.on('end', () => resolve({ count, seconds: seconds(began) }));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** Asks again and again on some connections, and counts the answers. */
async function ask(url: string, duration: number, connections: number): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const began = performance.now();
  let count = 0;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent }, (response) => {
        response.resume();
        response.on('end', resolve);
      }).on('error', reject);
    });
  const keepAsking = async () => {
    while (seconds(began) < duration) {
      await one();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  agent.destroy();
  return { count, seconds: seconds(began) };
}

/** Opens watches, writes on some connections, and counts the lines that all watches were told. */
async function watch({
  url,
  watchUrl,
  watchers,
  seconds: duration,
  writers,
}: Extract<Load, { do: 'watch' }>): Promise<LoadResult> {
  let count = 0;
  const open = () =>
    new Promise<() => void>((resolve, reject) => {
      const asked = get(watchUrl, { agent: new Agent() }, (response) => {
        response.on('data', (chunk: Buffer) => {
          for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1;
        });
        resolve(() => asked.destroy());
      });
      asked.on('error', reject);
    });
  const closes = await Promise.all(Array.from({ length: watchers }, open));
  const agent = new Agent({ keepAlive: true, maxSockets: writers });
  const began = performance.now();
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { 'content-type': 'application/merge-patch+json' };
      const asked = request(url, { agent, method: 'PATCH', headers }, (response) => {
        response.resume();
        response.on('end', resolve);
      });
      asked.on('error', reject);
      asked.end(JSON.stringify({ metadata: { annotations: { bench: text } } }));
    });
  const keepWriting = async (_: unknown, writer: number) => {
    for (let index = 0; seconds(began) < duration; index++) await write(`${writer}-${index}`);
  };
  count = 0;
  await Promise.all(Array.from({ length: writers }, keepWriting));
  const result = { count, seconds: seconds(began) };
  for (const close of closes) close();
  agent.destroy();
  return result;
}

async function work(load: Load): Promise<LoadResult> {
  switch (load.do) {
    case 'read':
      return read(load.url);
    case 'ask':
      return ask(load.url, load.seconds, load.connections);
    case 'watch':
      return watch(load);
  }
}

// Run by itself it does what its argument says and prints what came of it.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await work(JSON.parse(process.argv[2] ?? '{}') as Load)));
  process.exit(0);
}
