/** Draws frames, but only when asked to. */
export interface FrameLoop {
  /** Asks for one frame. */
  request(): void;
  destroy(): void;
}

/** A loop that calls `draw` once for each frame that was asked for; while it answers true, another follows. */
export function createFrameLoop(draw: (now: number) => boolean): FrameLoop {
  let waiting: number | null = null;
  const request = () => {
    waiting ??= requestAnimationFrame(frame);
  };
  function frame(now: number): void {
    waiting = null;
    if (draw(now)) request();
  }
  return {
    request,
    destroy: () => {
      if (waiting !== null) cancelAnimationFrame(waiting);
      waiting = null;
    },
  };
}
