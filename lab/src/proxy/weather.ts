/** What befalls the bytes of one direction of a connection. Milliseconds and bytes a second are the clock's. */
export interface Weather {
  /** Nothing is read and nothing is written, and nothing is closed. */
  frozen: boolean;
  /** Each chunk waits this long before it goes on. */
  delayMs: number;
  /** Null for as fast as it goes. */
  bytesPerSecond: number | null;
  /** The size of the next piece to be written by itself; null leaves chunks whole. */
  piece: (() => number) | null;
}

/** Nothing befalls. */
export const FAIR: Weather = { frozen: false, delayMs: 0, bytesPerSecond: null, piece: null };
