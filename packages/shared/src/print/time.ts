/** An RFC 3339 time of the API as epoch milliseconds; null when it is absent or is no time. */
export function epochMs(time: string | null | undefined): number | null {
  if (time === null || time === undefined) return null;
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? null : ms;
}
