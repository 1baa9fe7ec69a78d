import { KINDS } from '@portolan/shared';
import { expect, it } from 'vitest';
import { kindIcon } from './glyph.ts';

it('[K42] every kind has an icon, and only a pod that of a pod', () => {
  expect(KINDS.filter((kind) => kindIcon(kind) === 'kind-pod')).toEqual(['Pod']);
});
