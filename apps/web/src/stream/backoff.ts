const FIRST = 1_000;
const LAST = 8_000;

/**
 * Milliseconds to wait before try number `attempt` (0 first): full jitter under a ceiling that doubles from 1 s to
 * 8 s, so that a thousand browsers don't come back in the same second (Brooker, "Exponential Backoff And Jitter"), and
 * none is still waiting when the server has long been back. `random` answers in [0, 1).
 */
export function fullJitter(attempt: number, random: () => number): number {
  return Math.round(random() * Math.min(LAST, FIRST * 2 ** attempt));
}
