/** The second that was asked for last: most writes follow each other within one, and may share its text. */
let last = { second: Number.NaN, text: '' };

/** `metav1.Time`: RFC 3339 in UTC, whole seconds. */
export function toTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== last.second) last = { second, text: `${new Date(epochMs).toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** `metav1.MicroTime`: RFC 3339 in UTC with microseconds. */
export function toMicroTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 23)}000Z`;
}
