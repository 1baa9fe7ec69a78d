import { get } from 'node:http';
import type { MessageName } from '@portolan/shared';
import type { Transport } from '../../../apps/web/src/stream/transport.ts';

/** A transport for the page's LiveStream on Node: a connection of its own for each, read as WHATWG HTML 9.2 has it. */
export const sseTransport: Transport = (url, handlers) => {
  let over = false;
  const fail = () => {
    if (over) return;
    over = true;
    handlers.failed();
  };
  const asked = get(url, { agent: false, headers: { accept: 'text/event-stream' } }, (response) => {
    if (response.statusCode !== 200) {
      response.resume();
      fail();
      return;
    }
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        if (over) return;
        const message = read(block);
        if (message !== null) handlers.message(message.event, message.data);
      }
    });
    response.on('end', fail);
    response.on('error', fail);
  });
  asked.on('error', fail);
  return () => {
    over = true;
    asked.destroy();
  };
};

/** The event of a block; null for a comment or a `retry` alone. */
function read(block: string): { event: MessageName; data: string } | null {
  let [event, data] = ['', ''];
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data = line.slice(6);
  }
  return event === '' ? null : { event: event as MessageName, data };
}
