import type { Words } from '@portolan/shared';
import type { Row, View } from './view.ts';

/**
 * What must come to be seen within so many simulated seconds of a step.. `wrong` says what stands
 * there instead, in English; undefined once it holds.
 */
export interface Expectation {
  says: Words;
  within: number;
  wrong(view: View): string | undefined;
}

/** A wanted cell: its text, or a pattern where the text is drawn by chance or grows. */
export type Cell = string | RegExp;

const fits = (cell: string | undefined, wanted: Cell) =>
  typeof wanted === 'string' ? cell === wanted : wanted.test(cell ?? '');

const differences = (row: Row, cells: Readonly<Record<string, Cell>>) =>
  Object.entries(cells)
    .filter(([column, wanted]) => !fits(row[column], wanted))
    .map(([column, wanted]) => `${column} is "${row[column]}", not ${String(wanted)}`)
    .join(', ');

const label = (says: string): Words => ({ en: says, 'zh-CN': says });

/** That `kubectl get KIND NAME -o wide` prints these cells. */
export function printed(
  kind: string,
  name: string,
  cells: Readonly<Record<string, Cell>>,
  within: number,
  namespace?: string,
): Expectation {
  const told = Object.values(cells)
    .map((cell) => (typeof cell === 'string' ? cell : cell.source.replace(/[\\^$]/g, '')))
    .join(' ');
  return {
    says: label(`${kind} ${name}: ${told}`),
    within,
    wrong(view) {
      const row = view.row(kind, name, namespace);
      if (!row) return `there is no ${kind} ${name}`;
      return differences(row, cells) || undefined;
    },
  };
}

/** That a Deployment is what its newest spec wants, in full, and nothing of an older revision is left (`rollout status`). */
export function rolledOut(name: string, count: number, within: number, namespace = 'default'): Expectation {
  const cells = { READY: `${count}/${count}`, 'UP-TO-DATE': `${count}`, AVAILABLE: `${count}` };
  const shown = printed('Deployment', name, cells, within, namespace);
  return {
    ...shown,
    wrong(view) {
      const deployment = view.store.get('deployments.apps', { namespace, name });
      const { generation } = deployment?.metadata ?? {};
      if (deployment?.status?.observedGeneration !== generation) return `${name} has not been looked at yet`;
      const total = deployment?.status?.replicas ?? 0;
      return shown.wrong(view) ?? (total === count ? undefined : `${name} has ${total} pods, not ${count}`);
    },
  };
}

/** That `count` rows of `kubectl get KIND -o wide` print these cells. */
export function rows(
  says: Words,
  kind: string,
  count: number,
  cells: Readonly<Record<string, Cell>>,
  within: number,
  namespace?: string,
): Expectation {
  return {
    says,
    within,
    wrong(view) {
      const all = view.table(kind, namespace);
      const fitting = all.filter((row) => differences(row, cells) === '');
      if (fitting.length === count) return undefined;
      const wanted = Object.entries(cells).map(([column, cell]) => `${column} ${String(cell)}`);
      return `${fitting.length} of ${all.length} ${kind}s have ${wanted.join(', ')}, not ${count}:\n${all
        .map((row) => Object.values(row).join('  '))
        .join('\n')}`;
    },
  };
}

/** Anything else that must be seen. */
export function seen(says: Words, within: number, wrong: (view: View) => string | undefined): Expectation {
  return { says, within, wrong };
}
