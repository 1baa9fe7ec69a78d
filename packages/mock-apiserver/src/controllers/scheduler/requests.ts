import { amountOf, type Container, type Pod, type ResourceList } from '@portolan/shared';

/** Amounts by resource: cpu in millicores, all others in whole units. */
export type Amounts = Readonly<Record<string, number>>;

/** A list of resources as amounts. */
export function amountsOf(list: ResourceList | undefined): Amounts {
  return Object.fromEntries(Object.entries(list ?? {}).map(([name, quantity]) => [name, amountOf(name, quantity)]));
}

type Combine = (a: number, b: number) => number;

function combined(a: Amounts, b: Amounts, combine: Combine): Amounts {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, combine(a[name] ?? 0, b[name] ?? 0)]));
}

const add: Combine = (a, b) => a + b;

const requests = ({ resources }: Container) => amountsOf(resources?.requests);

/** Pods of one template share their containers, and so what they ask for. */
const known = new WeakMap<readonly Container[], Amounts>();

/**
 * What a pod asks of its node: the sum of its containers and sidecars, or what one of its init containers takes beside the sidecars
 * before it, whichever is more (KEP-753); and its overhead.
 */
export function requestsOf({ spec }: Pod): Amounts {
  const { containers, initContainers = [], overhead } = spec;
  const simple = initContainers.length === 0 && overhead === undefined;
  const before = simple ? known.get(containers) : undefined;
  if (before) return before;
  let running: Amounts = {};
  let highest: Amounts = {};
  for (const container of initContainers) {
    if (container.restartPolicy === 'Always') running = combined(running, requests(container), add);
    else highest = combined(highest, combined(running, requests(container), add), Math.max);
  }
  for (const container of containers) running = combined(running, requests(container), add);
  const all = combined(combined(running, highest, Math.max), amountsOf(overhead), add);
  if (simple) known.set(containers, all);
  return all;
}
