import { KINDS } from '@portolan/shared';
import { expect, it } from 'vitest';
import { KIND_GROUPS } from './kind-groups.ts';

it('[K40] every kind stands in one group of the table’s choice', () => {
  expect(Object.values(KIND_GROUPS).flat().sort()).toEqual([...KINDS].sort());
});
