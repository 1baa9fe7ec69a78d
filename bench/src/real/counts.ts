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

/** What is counted otherwise, in words; none when both agree. A count of none is no difference. */
export function countedOtherwise(printed: Counts, legend: Counts): string[] {
  return [...new Set([...printed.keys(), ...legend.keys()])]
    .filter((key) => (printed.get(key) ?? 0) !== (legend.get(key) ?? 0))
    .map((key) => `${key}: kubectl prints ${printed.get(key) ?? 0}, the legend says ${legend.get(key) ?? 0}`);
}

function cells(printed: string): string[][] {
  return printed.split('\n').flatMap((line) => (line === '' ? [] : [line.split(/\s+/)]));
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
