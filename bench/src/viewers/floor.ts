import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { answering } from '../processes/answering.ts';

// The floor: the very chunks that a server sent, written to every socket at the same moments, and nothing else.
const chunks = (JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as { at: number; base64: string }[]).map(
  ({ at, base64 }) => ({ at, bytes: Buffer.from(base64, 'base64') }),
);
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1');

/** Plays all chunks; answers when each was written. */
async function play(): Promise<number[]> {
  const sent: number[] = [];
  const began = performance.now();
  const first = chunks[0]?.at ?? 0;
  for (const { at, bytes } of chunks) {
    const wait = began + at - first - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(performance.timeOrigin + performance.now());
    for (const socket of sockets) socket.write(bytes);
  }
  return sent;
}

answering((what) => (what === 'port' ? (server.address() as AddressInfo).port : play()));
