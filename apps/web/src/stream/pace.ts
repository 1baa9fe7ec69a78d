/**
 * How work that may be long is divided. `stretch` begins a piece of it and answers whether that has lasted long enough;
 * `later` goes on with the next one when others have had their turn.
 */
export interface Pace {
  stretch(): () => boolean;
  later(run: () => void): void;
}

/** Everything at a stretch, where nobody waits for a frame. */
export const atOnce: Pace = { stretch: () => () => false, later: (run) => run() };

/** Milliseconds of a frame that a stretch may take; what it has begun then comes to its end. */
const STRETCH = 5;

/** The page's pace: a few milliseconds at a stretch, and then whatever else the page has to do, such as a frame. */
export function pagePace(): Pace {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  // Timers are held back in nested use and in hidden pages; messages are not.
  port2.addEventListener('message', () => waiting.shift()?.());
  port2.start();
  return {
    stretch() {
      const end = performance.now() + STRETCH;
      return () => performance.now() >= end;
    },
    later(run) {
      waiting.push(run);
      port1.postMessage(null);
    },
  };
}
