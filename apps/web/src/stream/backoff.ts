const FIRST = 1_000;
const LAST = 30_000;

/**
 * Milliseconds to wait before try number `attempt` (0 first): full jitter under a ceiling that doubles from 1 s to
 * 30 s, so that a thousand browsers don't come back in the same second (Brooker, "Exponential Backoff And Jitter").
 * `random` answers in [0, 1).
 */
export function fullJitter(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(LAST, FIRST * 2 ** attempt));
}
