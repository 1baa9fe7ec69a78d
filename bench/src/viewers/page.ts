import { LiveStream } from '../../../apps/web/src/stream/live-stream.ts';
import { type Clock, pageClock } from '../../../apps/web/src/stream/ports.ts';
import { fetchTransport } from '../../../apps/web/src/stream/transport.ts';
import { Picture } from './picture.ts';

/** A page without a screen: its own state machine of the stream, and a picture that the digest is held against. */
export interface Page {
  stream: LiveStream;
  picture: Picture;
}

/** Opens a page on a stream's address. */
export function openPage(url: string, clock: Clock = pageClock): Page {
  const picture = new Picture();
  const stream = new LiveStream({ url, transport: fetchTransport, clock, random: Math.random, sink: picture });
  stream.start();
  return { stream, picture };
}
