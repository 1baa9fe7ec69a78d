/** The legend's own words for what kubectl's STATUS says. */
const WORDS: Readonly<Record<string, string>> = { ready: 'Running', notready: 'Running', pending: 'Pending' };

/** Counts by kind and STATUS: `pod/Running`, `node/NotReady`. */
export type Counts = ReadonlyMap<string, number>;

/**
 * What `kubectl get pods -A --no-headers` and `kubectl get nodes --no-headers` print, counted by STATUS; a node counts for
 * each of the words that its STATUS joins by commas.
 */
export function printedCounts(pods: string, nodes: string): Counts {
  const counts = new Map<string, number>();
  for (const [, , , status] of cells(pods)) add(counts, `pod/${status}`, 1);
  for (const [, status = ''] of cells(nodes)) for (const word of status.split(',')) add(counts, `node/${word}`, 1);
  return counts;
}

/** The legend's counts in kubectl's words: ready or not, a pod is Running. */
export function legendCounts(legend: Iterable<readonly [key: string, count: number]>): Counts {
  const counts = new Map<string, number>();
  for (const [key, count] of legend) {
    const [of, word = ''] = key.split(/\/(.*)/s);
    add(counts, `${of}/${(of === 'pod' && WORDS[word]) || word}`, count);
  }
  return counts;
}

/**
 * What kubectl printed and the legend never said, in words; none when they agree. `legends` is what the legend said while
 * kubectl was at it, in order: of a cluster that changes meanwhile kubectl's count lies between the least and the most of
 * them. A count of none is no difference.
 */
export function countedOtherwise(printed: Counts, legends: readonly Counts[]): string[] {
  const keys = new Set([printed, ...legends].flatMap((counts) => [...counts.keys()]));
  return [...keys].flatMap((key) => {
    const said = legends.map((counts) => counts.get(key) ?? 0);
    const [is, least, most] = [printed.get(key) ?? 0, Math.min(...said), Math.max(...said)];
    if (is >= least && is <= most) return [];
    return [`${key}: kubectl prints ${is}, the legend says ${least === most ? most : `${least} to ${most}`}`];
  });
}

/** Whether the legend said the same all the time. */
export function stoodStill([first, ...rest]: readonly Counts[]): boolean {
  return first !== undefined && rest.every((counts) => countedOtherwise(first, [counts]).length === 0);
}

function cells(printed: string): string[][] {
  return printed.split('\n').flatMap((line) => (line === '' ? [] : [line.split(/\s+/)]));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
