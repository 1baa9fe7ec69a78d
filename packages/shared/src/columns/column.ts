import * as z from 'zod/mini';

const numbers = z.array(z.int());
const counts = z.array(z.int().check(z.nonnegative()));

/**
 * A column of a snapshot part: its plain values, or another form that brings back the very same in fewer bytes. Where a form
 * is made of columns in turn, these are any of the forms.
 *
 * - `dictionary`: `values` is a column of distinct values; `rows` points into it, once a row or, with `runs`, once for so many rows.
 * - `integers`: `base + step · n`, each `n` as it stands or, with `sums`, the sum of all up to it; `of` says whether that is a
 *   number, its decimal text, or the address (IPv4) that it is.
 * - `packed`: the same, each `n` as so many bytes, the greatest first, in base64.
 * - `uuids`: sixteen bytes each, in base64.
 * - `width`: texts of one width, one after the other.
 * - `split`: texts, each a head and a tail with `by` between them.
 * - `holes`: null at the rows `at`, else the values of the column `values`.
 * - `lists`: `lengths` is a column of how many each list has, `values` one of all that they have.
 * - `objects`: `shapes` lists the keys of an object by their places in `keys`, `rows` is a column of shapes, and `fields` has
 *   a column for each key over the rows that have it.
 */
export const column = z.union([
  z.array(z.unknown()),
  // By its name, lest the forms be tried one after the other.
  z.discriminatedUnion('as', [
    z.object({ as: z.literal('dictionary'), values: z.unknown(), rows: counts, runs: z.optional(counts) }),
    z.object({
      as: z.literal('integers'),
      of: z.enum(['number', 'text', 'ip']),
      base: z.int(),
      step: z.int(),
      sums: z.boolean(),
      each: numbers,
    }),
    z.object({
      as: z.literal('packed'),
      of: z.enum(['number', 'text', 'ip']),
      base: z.int(),
      step: z.int(),
      width: z.int(),
      base64: z.string(),
    }),
    z.object({ as: z.literal('uuids'), base64: z.string() }),
    z.object({ as: z.literal('width'), width: z.int(), text: z.string() }),
    z.object({ as: z.literal('split'), by: z.string(), heads: z.unknown(), tails: z.unknown() }),
    z.object({ as: z.literal('holes'), at: counts, values: z.unknown() }),
    z.object({ as: z.literal('lists'), lengths: z.unknown(), values: z.unknown() }),
    z.object({
      as: z.literal('objects'),
      keys: z.array(z.string()),
      shapes: z.array(counts),
      rows: z.unknown(),
      fields: z.array(z.unknown()),
    }),
  ]),
]);

/** As it travels; the columns within it are not checked before they are decoded. */
export type Column = z.infer<typeof column>;

/** One form of a column. */
export type Form<As extends string> = Extract<Column, { as: As }>;

/** What of a column does not fit. */
export class ColumnProblem extends Error {
  override readonly name = 'ColumnProblem';
}

/** Encodes a column within another. */
export type Encode = (values: readonly unknown[]) => Column;

/** Decodes a column within another, of so many rows; throws a ColumnProblem when it does not have them. */
export type Decode = (column: unknown, count: number) => unknown[];
