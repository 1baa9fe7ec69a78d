import { ColumnProblem, type Decode, type Encode, type Form } from './column.ts';

/** The distinct values and where they stand; null when most values are distinct. Objects are compared as JSON, as wholes. */
export function encodeDictionary(values: readonly unknown[], encode: Encode): Form<'dictionary'> | null {
  const most = values.length / 2;
  const distinct: unknown[] = [];
  const byText = new Map<string, number>();
  /** Primitives, and objects that were seen before: most rows share theirs, and need no second serialising. */
  const byIdentity = new Map<unknown, number>();
  const rows: number[] = [];
  for (const value of values) {
    let index = byIdentity.get(value);
    if (index === undefined) {
      const isObject = typeof value === 'object' && value !== null;
      const text = isObject ? JSON.stringify(value) : '';
      index = isObject ? byText.get(text) : undefined;
      if (index === undefined) {
        index = distinct.push(value) - 1;
        if (index >= most) return null;
        if (isObject) byText.set(text, index);
      }
      byIdentity.set(value, index);
    }
    rows.push(index);
  }
  return { as: 'dictionary', values: encode(distinct), ...inRuns(rows) };
}

function inRuns(rows: number[]): { rows: number[]; runs?: number[] } {
  const heads: number[] = [];
  const runs: number[] = [];
  let begun = 0;
  for (let at = 1; at <= rows.length; at++) {
    if (rows[at] === rows[begun]) continue;
    heads.push(rows[begun] as number);
    runs.push(at - begun);
    begun = at;
  }
  return 2 * runs.length < rows.length ? { rows: heads, runs } : { rows };
}

/** The inverse; rows share the values. */
export function decodeDictionary({ values, rows, runs }: Form<'dictionary'>, count: number, decode: Decode): unknown[] {
  let size = 0;
  for (const row of rows) size = Math.max(size, row + 1);
  const distinct = decode(values, Array.isArray(values) ? values.length : size);
  if (size > distinct.length) throw new ColumnProblem(`row ${rows.indexOf(size - 1)} points at no value`);
  if (runs === undefined) return rows.map((row) => distinct[row]);
  if (runs.length !== rows.length) throw new ColumnProblem(`${runs.length} runs of ${rows.length} values`);
  const out: unknown[] = [];
  for (const [at, run] of runs.entries()) {
    if (out.length + run > count) throw new ColumnProblem(`more rows than the ${count} that were announced`);
    const value = distinct[rows[at] as number];
    for (let end = out.length + run; out.length < end; ) out.push(value);
  }
  return out;
}
