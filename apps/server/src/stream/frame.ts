import type { MessageData, MessageName } from '@portolan/shared';

/**
 * One message as the bytes of a Server-Sent Event (WHATWG HTML, 9.2). JSON holds no raw newline, so one `data` line is
 * enough. With `id`, the browser sends it back as `Last-Event-ID`.
 */
export function frame<N extends MessageName>(event: N, data: MessageData<N>, id?: string): Buffer {
  return framed(event, JSON.stringify(data), id);
}

/** The same of data that is JSON already. */
export function framed(event: MessageName, json: string, id?: string): Buffer {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`event: ${event}\n${idLine}data: ${json}\n\n`);
}
