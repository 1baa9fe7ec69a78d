import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { chooseLanguage } from './language.ts';

describe('formats', () => {
  const format = createFormat('en', 'UTC');

  it('[V60] writes a freshness in tenths, seconds, minutes, hours, days', () => {
    const ages = [200, 9_940, 9_960, 59_999, 161_000, 3_900_000, 90_000_000];
    expect(ages.map(format.freshness)).toEqual(['0.2 s', '9.9 s', '9.9 s', '59 s', '2:41', '1 h 05 m', '1 d']);
  });

  it('[V60] never says that a wait is over before it is', () => {
    expect([3_001, 3_000, 400, 0, -5].map(format.wait)).toEqual(['4 s', '3 s', '1 s', '1 s', '1 s']);
  });

  it('[V60] writes times and days', () => {
    const at = Date.UTC(2021, 7, 12, 14, 2, 56);
    expect([format.time(at), format.clock(at), format.day(at)]).toEqual(['14:02:56', '14:02', 'Thu 12 Aug']);
  });
});

describe('the language', () => {
  it('[V60] is the first wish that can be met, else English', () => {
    expect(chooseLanguage(['fr', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
    expect(chooseLanguage([null, undefined, 'en-GB'])).toBe('en');
    expect(chooseLanguage(['fr'])).toBe('en');
  });
});
