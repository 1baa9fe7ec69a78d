/** What remains of two texts beside each other, line by line: those of one, those of the other. */
export interface Hunk {
  real: readonly string[];
  mock: readonly string[];
}

/** The lines that two texts do not share, in order: a longest common subsequence is taken as shared. */
export function compare(real: readonly string[], mock: readonly string[]): Hunk[] {
  const common = lengths(real, mock);
  const hunks: { real: string[]; mock: string[] }[] = [];
  let open: { real: string[]; mock: string[] } | undefined;
  const current = () => {
    if (!open) {
      open = { real: [], mock: [] };
      hunks.push(open);
    }
    return open;
  };
  let [i, j] = [0, 0];
  while (i < real.length || j < mock.length) {
    const [ours, theirs] = [real[i], mock[j]];
    if (ours !== undefined && ours === theirs) {
      open = undefined;
      i++;
      j++;
    } else if (theirs === undefined || (ours !== undefined && length(common, i + 1, j) >= length(common, i, j + 1))) {
      current().real.push(ours ?? '');
      i++;
    } else {
      current().mock.push(theirs);
      j++;
    }
  }
  return hunks;
}

const length = (table: readonly Uint16Array[], i: number, j: number) => table[i]?.[j] ?? 0;

/** At [i][j]: how many lines the rests from i and j share. */
function lengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row) {
        row[j] =
          a[i] === b[j] ? 1 + length(table, i + 1, j + 1) : Math.max(length(table, i + 1, j), length(table, i, j + 1));
      }
    }
  }
  return table;
}
