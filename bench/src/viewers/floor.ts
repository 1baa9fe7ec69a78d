import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answering } from '../processes/answering.ts';
import type { Encoding } from './pieces.ts';

/** What is played: pieces of a stream in the order of `at` (ms), as they were recorded. */
export interface Recording {
  encoding: Encoding;
  pieces: { at: number; base64: string }[];
}

// The floor: the very bytes that a server sent, written to every socket at the same moments, and nothing else.
const recording = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Recording;
const pieces = recording.pieces.map(({ at, base64 }) => ({ at, bytes: Buffer.from(base64, 'base64') }));
/** Blocks of deflate follow any header of gzip (RFC 1952, 2.3.1), so that whoever reads has as much to do. */
const head = {
  plain: Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
  gzip: Buffer.concat([
    Buffer.from('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n'),
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]),
  ]),
}[recording.encoding];
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.write(head);
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });

/** Plays all pieces; answers when each was written. */
async function play(): Promise<number[]> {
  const sent: number[] = [];
  const began = performance.now();
  const first = pieces[0]?.at ?? 0;
  for (const { at, bytes } of pieces) {
    const wait = began + at - first - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(performance.timeOrigin + performance.now());
    for (const socket of sockets) socket.write(bytes);
  }
  return sent;
}

answering((what) => (what === 'port' ? (server.address() as AddressInfo).port : play()));
