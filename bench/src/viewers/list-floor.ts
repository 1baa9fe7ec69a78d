import { Agent, get } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { answering } from '../processes/answering.ts';

// The floor of a list: the same pages are fetched, gunzipped and parsed, and nothing else.
// On the same thread and in such pieces it takes the least of a processor.
const unzip = (page: Buffer) => gunzipSync(page, { chunkSize: 64 * 1024 });
const agent = new Agent({ keepAlive: true });

function fetched(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('error', reject);
    }).on('error', reject);
  });
}

async function list(url: string): Promise<number> {
  let objects = 0;
  for (let token = ''; ; ) {
    const page = await fetched(`${url}?limit=500${token === '' ? '' : `&continue=${token}`}`);
    const { items, metadata } = JSON.parse(unzip(page).toString()) as {
      items: object[];
      metadata: { continue?: string };
    };
    objects += items.length;
    token = metadata.continue ?? '';
    if (token === '') return objects;
  }
}

answering(async (urls) => {
  let objects = 0;
  for (const url of urls as string[]) objects += await list(url);
  return objects;
});
