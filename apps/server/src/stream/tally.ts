import { type Counts, Digest, KINDS, type Kind, type Scope } from '@portolan/shared';
import { inScope, showsKind } from './scoped.ts';
import type { StreamSource } from './stream-source.ts';

/** Counts and digest of what a scope shows now; `out` names the kinds that have no number: absent or forbidden. */
export function tallyOf(
  source: StreamSource,
  scope: Scope,
  out: ReadonlySet<Kind>,
): { counts: Counts; digest: string } {
  const counts: Counts = {};
  const digest = new Digest();
  for (const kind of KINDS) {
    if (!showsKind(scope, kind)) continue;
    let shown = 0;
    for (const place of source.tallies(kind)) {
      if (!inScope(scope, { kind, namespace: place.namespace })) continue;
      shown += place.count;
      digest.merge(place.digest);
    }
    if (!out.has(kind)) counts[kind] = shown;
  }
  return { counts, digest: digest.toString() };
}
