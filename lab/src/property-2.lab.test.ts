import { expect, it } from 'vitest';
import { runSeeds } from './run-seeds.ts';

it('[F11, F20, F21, F22, F23, cases 23, 27, 29] after any schedule of faults, server and viewers hold what the apiserver holds (seeds, part 2 of 2)', async () => {
  const seeds = Array.from({ length: 100 }, (_, index) => 2 * index + 2);
  const { failures, worlds, faults } = await runSeeds({ seeds, atOnce: 8 });
  expect(failures.join('\n\n')).toBe('');
  expect(worlds).toBe(100);
  const idle = [...faults].filter(([, { injected, met }]) => injected >= 5 && met === 0);
  expect(idle).toEqual([]);
});
