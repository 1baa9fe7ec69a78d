import type { Pod } from '@portolan/shared';

/** Which probe of a container is meant. */
export type ProbeKind = 'readiness' | 'liveness' | 'startup';

/** Names the probes of a pod that fail whatever its containers do: `readiness,liveness`. */
export const FAILING_ANNOTATION = 'portolan.dev/failing-probes';

const KINDS: readonly ProbeKind[] = ['readiness', 'liveness', 'startup'];

/** The probes that a pod's annotation makes fail; words that name no probe count for nothing. */
export function failingProbes({ metadata }: Pod): Set<ProbeKind> {
  const words = (metadata.annotations?.[FAILING_ANNOTATION] ?? '').split(/[\s,]+/);
  return new Set(KINDS.filter((kind) => words.includes(kind)));
}
