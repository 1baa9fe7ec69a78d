import type { Source } from '@portolan/shared';
import type { Logger } from 'pino';

/**
 * Says in the log what the sources of a cluster run into: one line when a problem appears, however many kinds it
 * strikes, and one when all that may be read is live again.
 */
export function sourceLog(log: Logger, cluster: string): (sources: readonly Source[]) => void {
  let told = new Set<string>();
  return (sources) => {
    const problems = new Set<string>();
    for (const { state, problem } of sources) if (state !== 'absent' && problem !== null) problems.add(problem);
    const fresh = [...problems].filter((problem) => !told.has(problem));
    for (const problem of fresh) log.warn({ cluster }, `${problem}; trying again`);
    const well = sources.every(
      ({ state, problem }) => state === 'absent' || state === 'forbidden' || (state === 'live' && problem === null),
    );
    if (well) {
      if ([...told].some((problem) => !problems.has(problem))) log.info({ cluster }, 'every source is live again');
      // What is forbidden has been said; anything else that comes back is to be said again.
      told = problems;
    } else {
      told = new Set([...told, ...problems]);
    }
  };
}
