/**
 * One figure of one size. `budget` is the most it may be (the least, with `least`), null where it is only told. What `grows`
 * is an amount that is expected to grow as the cluster does.
 */
export interface Row {
  what: string;
  figure: number;
  budget: number | null;
  least?: true;
  grows?: true;
}

/** Measures some budgets at a size, in pods. */
export type Group = (pods: number) => Promise<Row[]>;
