import type { Kind, Source } from '@portolan/shared';

/**
 * What is not known of some kinds, the gravest first: this account may not list them (`hidden`), the cluster does not
 * serve them (`absent`), or they have not been read yet (`pending`). None of it is a zero.
 */
export interface Gap {
  state: 'hidden' | 'absent' | 'pending';
  kinds: Kind[];
  /** The last failure in the cluster's own words. */
  problem: string | null;
  /** How far a list under way has come, over all of the kinds. */
  received: number;
}

function stateOf({ state, current }: Source): Gap['state'] | null {
  if (state === 'forbidden') return 'hidden';
  if (state === 'absent') return 'absent';
  return current === null ? 'pending' : null;
}

/** What is not known of these kinds; null when all of them are, and for kinds that no source was told of. */
export function gapOf(sources: readonly Source[], kinds: readonly Kind[]): Gap | null {
  const asked = sources.filter(({ kind }) => kinds.includes(kind));
  for (const state of ['hidden', 'pending', 'absent'] as const) {
    const found = asked.filter((source) => stateOf(source) === state);
    if (found.length === 0) continue;
    return {
      state,
      kinds: found.map(({ kind }) => kind),
      problem: found.find(({ problem }) => problem !== null)?.problem ?? null,
      received: found.reduce((sum, { reading }) => sum + (reading?.received ?? 0), 0),
    };
  }
  return null;
}
