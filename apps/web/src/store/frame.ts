/** Runs something once, when the picture is next drawn; answers the way to call it off. */
export type Frame = (run: () => void) => () => void;

/** The longest that changes wait when no frame is drawn, as in a hidden tab. */
const HIDDEN = 1_000;

/** The page's frames, with a timer beside them because a hidden tab draws none. */
export const pageFrame: Frame = (run) => {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN);
  return cancel;
};
