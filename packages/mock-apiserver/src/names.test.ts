import { seededRandom } from '@portolan/shared';
import { expect, it } from 'vitest';
import { generatedName } from './names.ts';

it('[M86] a generated name fits in 63 characters and keeps its five random ones', () => {
  const random = seededRandom(1);
  expect(generatedName('frontend-', random)).toMatch(/^frontend-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  const long = generatedName(`${'a'.repeat(70)}-`, random);
  expect(long).toMatch(/^a{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(long).toHaveLength(63);
});
