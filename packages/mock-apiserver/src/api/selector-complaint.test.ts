import { describe, expect, it } from 'vitest';
import { selectorComplaint } from './selector-complaint.ts';

describe('what is wrong with a label selector', () => {
  it.each([
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a=b=c', "found '=', expected: ',' or 'end of string'"],
    ['a,', "found '', expected: identifier after ','"],
    ['=a', "found '=', expected: !, identifier, or 'end of string'"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (=)', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a==!', "unable to parse requirement: found '!', expected: identifier"],
  ])('[M233] is said as the apiserver says it: %s', (selector, complaint) => {
    expect(selectorComplaint(selector)).toBe(complaint);
  });

  it.each(['', 'a', '!a', 'a=b,c!=d', 'a in (b,c),d notin ()', 'a=', 'x in (in,,notin)', 'a>1'])(
    '[M233] nothing where it can be read: %s',
    (selector) => {
      expect(selectorComplaint(selector)).toBeUndefined();
    },
  );
});
