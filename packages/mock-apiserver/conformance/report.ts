import type { Verdict } from './judge.ts';
import type { Kubectl } from './kubectls.ts';

/** What was compared with which kubectl, for people: a line each. */
export function report(verdicts: ReadonlyMap<Kubectl, readonly Verdict[]>): string {
  return [...verdicts]
    .map(([{ version }, all]) => {
      const sum = (count: (verdict: Verdict) => number) => all.reduce((total, verdict) => total + count(verdict), 0);
      const listed = new Set(all.flatMap(({ occurred }) => [...occurred])).size;
      const codes = sum((verdict) => verdict.codes);
      const unknown = sum((verdict) => verdict.unknown);
      return (
        `kubectl ${version}: ${sum(({ compared }) => compared)} commands compared, ${listed} listed differences occurred, ` +
        `${sum(({ unlisted }) => unlisted.length)} others` +
        (codes > 0 ? `; of ${codes} more commands only the exit code, for this version was not recorded` : '') +
        (unknown > 0 ? `; ${unknown} commands not compared, for they depend on the version` : '') +
        '\n'
      );
    })
    .join('');
}
