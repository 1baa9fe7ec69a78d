/** Resolves with the name of the first signal that asks the process to end; a second one ends it at once. */
export function untilSignal(signals: NodeJS.Process = process): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      signals.on(name, () => {
        if (asked) signals.exit(130);
        asked = true;
        resolve(name);
      });
    }
  });
}
