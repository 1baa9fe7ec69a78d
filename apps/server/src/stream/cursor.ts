/** A place in the log of one epoch, as it travels: `<epoch>-<seq>`. */
export interface Cursor {
  epoch: string;
  seq: number;
}

/** The cursor as the id of an event. */
export function formatCursor({ epoch, seq }: Cursor): string {
  return `${epoch}-${seq}`;
}

/** The cursor of an id; null when it is none. */
export function parseCursor(text: string): Cursor | null {
  const match = /^([0-9a-z]+)-(\d{1,15})$/.exec(text);
  return match?.[1] === undefined ? null : { epoch: match[1], seq: Number(match[2]) };
}
