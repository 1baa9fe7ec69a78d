import type { Source } from '@portolan/shared';
import type { Logger } from 'pino';

/**
 * Says in the log what the sources of a cluster run into: one line when a problem appears, however many kinds it
 * strikes, and one when all is well again.
 */
export function sourceLog(log: Logger, cluster: string): (sources: readonly Source[]) => void {
  let told = new Set<string>();
  return (sources) => {
    const problems = new Set<string>();
    for (const { state, problem } of sources) if (state !== 'absent' && problem !== null) problems.add(problem);
    const fresh = [...problems].filter((problem) => !told.has(problem));
    for (const problem of fresh) log.warn({ cluster }, `${problem}; trying again`);
    const live = sources.every(({ state, problem }) => state === 'absent' || (state === 'live' && problem === null));
    if (live && told.size > 0) {
      log.info({ cluster }, 'every source is live again');
      told = new Set();
    } else {
      told = new Set([...told, ...problems]);
    }
  };
}
