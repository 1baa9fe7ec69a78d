import { describe, expect, it } from 'vitest';
import { formatSelector } from './format.ts';
import { labelKeyProblem, labelValueProblem } from './label.ts';
import { parseSelector } from './parse.ts';
import { EVERYTHING, fromLabelSelector, fromMap, matches, NOTHING } from './selector.ts';
import { SelectorError } from './selector-error.ts';

describe('parseSelector', () => {
  it('[R11] reads the whole grammar and prints it in order of the keys', () => {
    const text = 'a=b,c==d,e!=f,g in (i,h),j notin (k),l,!m,x>1,y<2';
    expect(formatSelector(parseSelector(text))).toBe('a=b,c=d,e!=f,g in (h,i),j!=k,l,!m,x>1,y<2');
  });

  it.each([
    ['', ''],
    [' a = b , ! c ', 'a=b,!c'],
    ['a=', 'a='],
    ['a in (,b)', 'a in (,b)'],
    ['a in(b),c', 'a=b,c'],
    ['in in (in)', 'in=in'],
    ['example.com/app_x=1.2', 'example.com/app_x=1.2'],
    ['a!=b', 'a!=b'],
  ])('[R11] %j is %j', (text, formatted) => {
    expect(formatSelector(parseSelector(text))).toBe(formatted);
  });

  it.each([
    ['a=b,', 4],
    [',a', 0],
    ['a b', 2],
    ['a in b', 5],
    ['a in ()', 6],
    ['a in (b', 7],
    ['a=b=c', 3],
    ['a>x', 2],
    ['a>', 2],
    ['!', 1],
    ['a=!b', 2],
    ['-a', 0],
    ['a/b/c', 0],
    ['UPPER.example/x', 0],
    ['a=b$', 2],
    [`a=${'v'.repeat(64)}`, 2],
  ])('[R12] %j is refused at %d, with a mend', (text, position) => {
    const parse = () => parseSelector(text);
    expect(parse).toThrow(SelectorError);
    try {
      parse();
    } catch (error) {
      expect(error).toMatchObject({ reason: 'selector', position });
      expect((error as SelectorError).mend).not.toBe('');
    }
  });
});

describe('matches', () => {
  const labels = { app: 'web', tier: 'front', size: '3' };

  it.each([
    ['', true],
    ['app=web', true],
    ['app=web,tier!=front', false],
    ['app in (api,web)', true],
    ['app notin (api)', true],
    ['missing!=x', true],
    ['missing notin (x)', true],
    ['missing', false],
    ['!missing', true],
    ['!app', false],
    ['size>2', true],
    ['size>3', false],
    ['size<4', true],
    ['app>1', false],
    ['missing<1', false],
    ['toString', false],
  ])('[R13] %j on {app: web, tier: front, size: 3} is %s', (text, expected) => {
    expect(matches(parseSelector(text), labels)).toBe(expected);
  });

  it('[R14] an empty label selector matches everything, an absent one nothing', () => {
    expect(matches(fromLabelSelector({}), labels)).toBe(true);
    expect(matches(fromLabelSelector(null), labels)).toBe(false);
    expect(matches(fromLabelSelector(undefined), {})).toBe(false);
    expect(matches(EVERYTHING, labels)).toBe(true);
    expect(matches(NOTHING, labels)).toBe(false);
  });

  it('[R14] both parts of a label selector must hold', () => {
    const selector = fromLabelSelector({
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front', 'back'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    });
    expect(formatSelector(selector)).toBe('app=web,!old,tier in (back,front)');
    expect(matches(selector, labels)).toBe(true);
    expect(matches(selector, { ...labels, old: '' })).toBe(false);
  });

  it('[R14] a map selects by equality', () => {
    expect(matches(fromMap({ app: 'web' }), labels)).toBe(true);
    expect(matches(fromMap({ app: 'api' }), labels)).toBe(false);
    expect(formatSelector(NOTHING)).toBe('<none>');
  });
});

describe('label keys and values', () => {
  it.each(['app', 'app.kubernetes.io/name', 'a_b.C-1', 'x'.repeat(63)])('[R12] %s is a key', (key) => {
    expect(labelKeyProblem(key)).toBeNull();
  });

  it.each(['', '/a', 'a/', 'a b', '.a', 'a-', 'x'.repeat(64), `${'p'.repeat(254)}/a`, 'A.b/c'])(
    '[R12] %j is no key',
    (key) => {
      expect(labelKeyProblem(key)).not.toBeNull();
    },
  );

  it('[R12] a value may be empty but not end in punctuation', () => {
    expect(labelValueProblem('')).toBeNull();
    expect(labelValueProblem('v1.2_3')).toBeNull();
    expect(labelValueProblem('v1-')).not.toBeNull();
  });
});
