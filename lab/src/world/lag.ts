const EVERY_MS = 20;
const KEPT_MS = 3000;

/** How late this process's timers have been in the last seconds, in real ms: what is slow for us is nobody's lie. */
class LagMeter {
  #late: { at: number; ms: number }[] = [];
  #users = 0;
  #timer: NodeJS.Timeout | null = null;

  use(): () => void {
    this.#users++;
    let due = performance.now() + EVERY_MS;
    this.#timer ??= setInterval(() => {
      const now = performance.now();
      this.#late = [...this.#late.filter(({ at }) => now - at < KEPT_MS), { at: now, ms: Math.max(0, now - due) }];
      due = now + EVERY_MS;
    }, EVERY_MS);
    return () => {
      if (--this.#users > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    };
  }

  get worst(): number {
    return Math.max(0, ...this.#late.map(({ ms }) => ms));
  }
}

/** The process's own. */
export const lag = new LagMeter();
