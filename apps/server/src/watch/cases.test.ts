import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
const PLACES = ['apps/server/src', 'apps/web/src', 'lab', 'e2e', 'bench/src'];

interface Case {
  number: string;
  rules: string[];
  files: string[];
}

/** The rows of the table "The thirty cases" of SPEC.md. */
const cases: Case[] = readFileSync(join(ROOT, 'SPEC.md'), 'utf8')
  .split('\n')
  .map((line) => /^\| (\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/.exec(line))
  .filter((row) => row !== null)
  .map(([, number = '', rules = '', files = '']) => ({
    number,
    rules: rules.split(',').map((rule) => rule.trim()),
    files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  }));

/** Every test of the project, by the name of its file. */
const sources = new Map(
  PLACES.flatMap((place) =>
    readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && !file.includes('node_modules'))
      .map((file) => [file.split('/').at(-1) ?? '', readFileSync(join(ROOT, place, file), 'utf8')] as const),
  ),
);

/** What the titles of a file quote: the cases that stand beside a rule. */
function quoted(file: string, rule: string): string[] {
  return [...(sources.get(file) ?? '').matchAll(/\[((?:[A-Z]+\d+, )*[A-Z]+\d+), cases? ([\d, ]+)\]/g)]
    .filter(([, rules = '']) => rules.split(', ').includes(rule))
    .flatMap(([, , numbers = '']) => numbers.split(', '));
}

describe('the thirty cases of a list and watch', () => {
  it('are thirty, each once', () => {
    expect(cases.map((one) => Number(one.number))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it.each(cases)(
    'case $number is quoted, with each of its rules, by a test of each file that the table names',
    (one) => {
      const { number, rules, files } = one;
      expect(files.filter((file) => !rules.some((rule) => quoted(file, rule).includes(number)))).toEqual([]);
      expect(rules.filter((rule) => !files.some((file) => quoted(file, rule).includes(number)))).toEqual([]);
      expect(files.length * rules.length).toBeGreaterThan(0);
    },
  );
});
