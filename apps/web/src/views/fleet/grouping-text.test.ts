import { describe, expect, it } from 'vitest';
import { GROUPINGS, groupingText, parseGrouping } from './grouping-text.ts';

describe('the grouping in the address', () => {
  it('[P70] reads what it has written', () => {
    for (const by of GROUPINGS) expect(parseGrouping(groupingText({ by }))).toEqual({ by });
    const label = { by: 'label', key: 'app.kubernetes.io/name' } as const;
    expect(parseGrouping(groupingText(label))).toEqual(label);
  });

  it('[P70] is by zone where the address says nothing, or nothing that is known', () => {
    for (const text of [null, '', 'label:', 'colour']) expect(parseGrouping(text)).toEqual({ by: 'zone' });
  });
});
