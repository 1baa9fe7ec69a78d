import type { Exchange } from './exchange.ts';

/** What a proxy may say in place of the server. Every part is asked for each request or line that it could concern. */
export interface Lie {
  /** Answers in the server's place and says true, or lets the request go on. */
  answer?(exchange: Exchange): boolean;
  /** Milliseconds of the clock that the head of the answer is held back. */
  holds?(exchange: Exchange): number;
  /** Whether an answer that came plain goes on compressed, where the client takes gzip. */
  compresses?(exchange: Exchange): boolean;
  /** What is sent in place of one line of a watch, its newline included; `end` ends the answer after it. */
  line?(line: Buffer, exchange: Exchange): { send: Buffer[]; end: boolean } | null;
}
