import { seededRandom } from '@portolan/shared';
import { expect, it } from 'vitest';
import { mergeSort } from './merge-sort.ts';

it.each([0, 1, 1_024, 5_000])(
  '[P6] sorts %i items as sorting at once does, in pieces, and keeps equals in order',
  (count) => {
    const random = seededRandom(count + 1);
    const items = Array.from({ length: count }, (_, at) => ({ key: Math.floor(random() * 50), at }));
    const work = mergeSort(items, (a, b) => a.key - b.key);
    let pieces = 0;
    let step = work.next();
    for (; !step.done; step = work.next()) pieces += 1;
    expect(step.value).toEqual(items.toSorted((a, b) => a.key - b.key));
    expect(pieces).toBeGreaterThanOrEqual(Math.floor(count / 1_024));
  },
);
