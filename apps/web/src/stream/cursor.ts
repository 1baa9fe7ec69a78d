/** A place in the log of one epoch, as ids of events and the parameter `from` write it: `<epoch>-<seq>`. */
export interface Cursor {
  epoch: string;
  seq: number;
}

/** The cursor of an id; null when it is none. */
export function parseCursor(text: string): Cursor | null {
  const match = /^(.+)-(\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? null : { epoch: match[1], seq: Number(match[2]) };
}

/** The address of a stream that goes on after a cursor; the address itself without one. */
export function streamFrom(url: string, cursor: Cursor | null): string {
  if (cursor === null) return url;
  const from = encodeURIComponent(`${cursor.epoch}-${cursor.seq}`);
  return `${url}${url.includes('?') ? '&' : '?'}from=${from}`;
}

/** The inverse of streamFrom. */
export function splitFrom(address: string): { url: string; cursor: Cursor | null } {
  const match = /^(.*)[?&]from=([^&]*)$/.exec(address);
  if (match?.[1] === undefined || match[2] === undefined) return { url: address, cursor: null };
  return { url: match[1], cursor: parseCursor(decodeURIComponent(match[2])) };
}
