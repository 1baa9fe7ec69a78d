import { expect, it } from 'vitest';
import { fitText, textMaker } from './fit-text.ts';

const measure = (text: string) => text.length * 10;

it('[V25] a text that does not fit is cut as late as can be, and its whole is kept', () => {
  expect(fitText('frontend', 'meta', 80, measure)).toBe('frontend');
  expect(fitText('frontend', 'meta', 60, measure)).toBe('front…');
  const text = textMaker(measure);
  expect(text('name', 'frontend', { x: 0, y: 0, room: 60 })).toMatchObject({ text: 'front…', full: 'frontend' });
  expect(text('name', 'frontend', { x: 0, y: 0 })).toMatchObject({ text: 'frontend', full: null });
});
