import type { ServiceEntity } from '@portolan/shared';
import { matches } from './matches.ts';

/** Answers the services that select what wears some labels; costs what they have in common, not how many there are. */
export function serviceFinder(services: readonly ServiceEntity[]): (labels: Record<string, string>) => ServiceEntity[] {
  const byLabel = new Map<string, ServiceEntity[]>();
  for (const service of services) {
    // Any one of the labels it asks for leads to it.
    const [first] = Object.entries(service.selector ?? {});
    if (first === undefined) continue;
    const known = byLabel.get(first.join('='));
    if (known) known.push(service);
    else byLabel.set(first.join('='), [service]);
  }
  return (labels) =>
    Object.entries(labels).flatMap((label) =>
      (byLabel.get(label.join('=')) ?? []).filter(({ selector }) => matches(selector, labels)),
    );
}
