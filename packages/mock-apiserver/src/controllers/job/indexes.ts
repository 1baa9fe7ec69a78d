import type { Job, Pod } from '@portolan/shared';
import type { PodIdentity } from '../create.ts';

/** Under which key a pod of an indexed Job bears its number, as label and as annotation (`pkg/controller/job/indexed_job_utils.go`). */
const INDEX = 'batch.kubernetes.io/job-completion-index';

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

/** A pod's number; undefined for one without. */
export function indexOf({ metadata }: Pod): number | undefined {
  const text = metadata.annotations?.[INDEX];
  return text === undefined ? undefined : Number(text);
}

/** Numbers as ranges: `0-2,4`. */
export function toRanges(indexes: Iterable<number>): string {
  const ranges: [first: number, last: number][] = [];
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && index <= last[1] + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

/** The numbers of `0-2,4`. */
export function fromRanges(text: string | undefined): Set<number> {
  const indexes = new Set<number>();
  for (const range of text ? text.split(',') : []) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let index = first; index <= last; index++) indexes.add(index);
  }
  return indexes;
}

/** The lowest `count` numbers that are neither done nor at work. */
export function nextIndexes({ spec }: Job, taken: ReadonlySet<number>, count: number): number[] {
  const next: number[] = [];
  for (let index = 0; index < (spec.completions ?? 0) && next.length < count; index++) {
    if (!taken.has(index)) next.push(index);
  }
  return next;
}

/** How the pod of a number differs from the Job's template. */
export function identityOf({ metadata, spec }: Job, index: number): PodIdentity {
  const env = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX}']` } },
  };
  const marks = { [INDEX]: String(index) };
  return {
    generateName: `${metadata.name}-${index}-`,
    labels: marks,
    annotations: marks,
    spec: {
      hostname: `${metadata.name}-${index}`,
      containers: structuredClone(spec.template.spec.containers).map((container) => ({
        ...container,
        env: [...(container.env ?? []), env],
      })),
    },
  };
}
