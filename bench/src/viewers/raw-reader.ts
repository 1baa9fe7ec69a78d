import { connect, type Socket } from 'node:net';

/** What one reader of bytes wants of a stream. */
export interface RawOptions {
  gzip?: boolean;
  /** Milliseconds that it reads, and then that it does not, over and over. */
  pauses?: { reading: number; resting: number };
  onData?: (chunk: Buffer) => void;
  onClose?: () => void;
}

/** A reader that counts bytes and understands nothing: the cheapest that there is. */
export class RawReader {
  readonly socket: Socket;
  bytes = 0;
  closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, { gzip = false, pauses, onData, onClose }: RawOptions = {}) {
    const { hostname, port, pathname, search, host } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port) });
    const encoding = gzip ? 'Accept-Encoding: gzip\r\n' : '';
    this.socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${encoding}\r\n`);
    this.socket.on('data', (chunk) => {
      this.bytes += chunk.length;
      onData?.(chunk);
    });
    // A reader that breaks is a reader that closed; the bench counts it there.
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => {
      this.closed = true;
      clearTimeout(this.#timer);
      onClose?.();
    });
    if (pauses) this.#rest(pauses);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.socket.destroy();
  }

  #rest(pauses: { reading: number; resting: number }): void {
    this.#timer = setTimeout(() => {
      this.socket.pause();
      this.#timer = setTimeout(() => {
        this.socket.resume();
        this.#rest(pauses);
      }, pauses.resting);
    }, pauses.reading);
  }
}
