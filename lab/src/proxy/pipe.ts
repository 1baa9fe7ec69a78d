import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../apps/server/src/clock.ts';
import type { Weather } from './weather.ts';

/** Bytes held before the sender is asked to wait. */
const HIGH = 64 * 1024;

/** How a connection ends: politely, as by a process that closes it, or by a reset. */
export type Ending = 'fin' | 'rst';

/**
 * One direction of a connection: bytes from one socket to the other, in order, through the weather. What comes while it is
 * frozen is left in the kernel's buffers, as by a process that is stopped.
 */
export class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #clock: Clock;
  readonly #weather: () => Weather;
  #chunks: Buffer[] = [];
  #held = 0;
  #ended = false;
  #moving = false;
  #left: { bytes: number; ending: Ending } | null = null;

  constructor(from: Socket, to: Socket, clock: Clock, weather: () => Weather) {
    this.#from = from;
    this.#to = to;
    this.#clock = clock;
    this.#weather = weather;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('end', () => {
      this.#ended = true;
      void this.#move();
    });
    to.on('drain', () => void this.#move());
  }

  /** The weather has changed. */
  changed(): void {
    if (this.#weather().frozen) this.#from.pause();
    else if (this.#held < HIGH) this.#from.resume();
    void this.#move();
  }

  /** Lets so many bytes more pass, then ends the receiver's side. */
  truncate(bytes: number, ending: Ending): void {
    this.#left = { bytes, ending };
    void this.#move();
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held >= HIGH) this.#from.pause();
    void this.#move();
  }

  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    while (!this.#to.destroyed && !this.#weather().frozen && !this.#to.writableNeedDrain) {
      if (this.#left?.bytes === 0) {
        this.#end(this.#left.ending);
        break;
      }
      const piece = this.#next();
      if (piece === null) {
        if (this.#ended) this.#to.end();
        break;
      }
      await this.#wait(piece.length);
      if (this.#to.destroyed) break;
      this.#to.write(piece);
      if (this.#weather().piece !== null) await turn();
    }
    this.#moving = false;
  }

  #next(): Buffer | null {
    const chunk = this.#chunks.shift();
    if (chunk === undefined) return null;
    const most = Math.max(1, Math.min(this.#weather().piece?.() ?? chunk.length, this.#left?.bytes ?? chunk.length));
    const piece = chunk.subarray(0, most);
    if (most < chunk.length) this.#chunks.unshift(chunk.subarray(most));
    if (this.#left !== null) this.#left.bytes -= piece.length;
    this.#held -= piece.length;
    if (this.#held < HIGH && this.#from.isPaused() && !this.#weather().frozen) this.#from.resume();
    return piece;
  }

  async #wait(bytes: number): Promise<void> {
    const { delayMs, bytesPerSecond } = this.#weather();
    const ms = delayMs + (bytesPerSecond === null ? 0 : (bytes / bytesPerSecond) * 1000);
    if (ms > 0) await new Promise<void>((resolve) => this.#clock.after(ms, resolve));
    // A freeze that began meanwhile holds this piece as well.
    while (this.#weather().frozen && !this.#to.destroyed)
      await new Promise<void>((resolve) => this.#clock.after(1000, resolve));
  }

  #end(ending: Ending): void {
    if (ending === 'rst') this.#to.resetAndDestroy();
    else this.#to.end();
    this.#from.destroy();
  }
}
