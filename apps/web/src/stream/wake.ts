/**
 * Runs something when the page may have missed what happened: it is seen again, thawed, taken back from the browser's
 * cache of pages, or the network is back. Answers the way to stop.
 */
export function onWake(run: () => void): () => void {
  const seen = () => {
    if (!document.hidden) run();
  };
  const events = [
    [document, 'visibilitychange', seen],
    [document, 'resume', run],
    [window, 'pageshow', run],
    [window, 'online', run],
  ] as const;
  for (const [target, name, listener] of events) target.addEventListener(name, listener);
  return () => {
    for (const [target, name, listener] of events) target.removeEventListener(name, listener);
  };
}
