import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';

describe('two texts beside each other', () => {
  it('[M230] nothing differs between what is alike', () => {
    expect(compare(['a', 'b'], ['a', 'b'])).toEqual([]);
  });

  it('[M230] what only one has stands in the hunk where it stood', () => {
    expect(compare(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd', 'e'])).toEqual([
      { real: ['b'], mock: ['x'] },
      { real: [], mock: ['e'] },
    ]);
  });

  it('[M230] all of a text differs from none', () => {
    expect(compare(['a', 'b'], [])).toEqual([{ real: ['a', 'b'], mock: [] }]);
  });
});
