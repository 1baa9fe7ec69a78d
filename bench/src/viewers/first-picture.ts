import { get } from 'node:http';
import { createGunzip } from 'node:zlib';

/** What the first picture of a stream took. `compressed` and `plain` are the bytes of its snapshot's pods alone. */
export interface FirstPicture {
  pods: number;
  compressed: number;
  plain: number;
  seconds: number;
}

/** Reads a compressed stream until its snapshot is whole. The kinds other than Pod are told apart by a stream of their own. */
export async function firstPicture(stream: string): Promise<FirstPicture> {
  const began = performance.now();
  const all = await read(`${stream}?kind=Pod`);
  const seconds = (performance.now() - began) / 1000;
  return { ...all, seconds };
}

function read(url: string): Promise<Omit<FirstPicture, 'seconds'>> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      const unzip = createGunzip();
      let [compressed, plain, tail] = [0, 0, ''];
      response.on('data', (chunk: Buffer) => {
        compressed += chunk.length;
        unzip.write(chunk);
      });
      response.on('error', () => undefined);
      unzip.on('data', (chunk: Buffer) => {
        plain += chunk.length;
        tail = tail.slice(-2048) + chunk.toString('latin1');
        const pods = /\nevent: synced\n.*"Pod":(\d+)[^\n]*\n\n/s.exec(tail)?.[1];
        if (pods === undefined) return;
        response.destroy();
        resolve({ pods: Number(pods), compressed, plain });
      });
    }).on('error', reject);
  });
}
