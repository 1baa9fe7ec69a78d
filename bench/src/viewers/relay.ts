import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { answering } from '../processes/answering.ts';

// The floor of a stream: the lines of an apiserver's watch, passed to every reader as they come, and nothing else.
const { hostname, port, pathname, search } = new URL(process.argv[2] ?? '');
const sockets = new Set<Socket>();
const upstream = connect(Number(port), hostname);
upstream.setNoDelay(true);
upstream.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
let rest: Buffer = Buffer.alloc(0);
upstream.on('data', (chunk) => {
  rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  const end = rest.lastIndexOf('\n') + 1;
  if (end === 0) return;
  // What is whole ends with an empty line, as a message of a stream does.
  const bytes = Buffer.concat([rest.subarray(0, end), Buffer.from('\n\n')]);
  rest = rest.subarray(end);
  for (const socket of sockets) socket.write(bytes);
});
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
});
server.listen(0, '127.0.0.1');

answering(() => (server.address() as AddressInfo).port);
