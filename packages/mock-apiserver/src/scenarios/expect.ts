import type { Condition, Words } from '@portolan/shared';
import type { Row, View } from './view.ts';

/**
 * What must come to be seen within so many simulated seconds of a step, and then holds until the step is over. `wrong`
 * says what stands there instead, in English; undefined once it holds.
 */
export interface Expectation {
  says: Words;
  within: number;
  wrong(view: View): string | undefined;
  /** `onTheWay` is seen once and may pass; `throughout` holds from the first moment to the last. */
  when?: 'onTheWay' | 'throughout';
  /** The simulated seconds before which it must not be seen. */
  notBefore?: number;
  /** The simulated seconds for which it must go on holding. */
  lasting?: number;
}

/** That it is seen once, even if it passes. */
export const onTheWay = (expectation: Expectation): Expectation => ({ ...expectation, when: 'onTheWay' });

/** That it holds from the first moment of the step to its last. */
export const throughout = (expectation: Expectation): Expectation => ({
  ...expectation,
  when: 'throughout',
  within: 0,
});

/** That it goes on holding for so many simulated seconds. */
export const lasting = (seconds: number, expectation: Expectation): Expectation => ({
  ...expectation,
  lasting: seconds,
});

/** That it is not seen before so many simulated seconds have passed. */
export const notBefore = (seconds: number, expectation: Expectation): Expectation => ({
  ...expectation,
  notBefore: seconds,
});

/** A wanted cell: its text, or a pattern where the text is drawn by chance or grows. */
export type Cell = string | RegExp;

const fits = (cell: string | undefined, wanted: Cell) =>
  typeof wanted === 'string' ? cell === wanted : wanted.test(cell ?? '');

const differences = (row: Row, cells: Readonly<Record<string, Cell>>) =>
  Object.entries(cells)
    .filter(([column, wanted]) => !fits(row[column], wanted))
    .map(([column, wanted]) => `${column} is "${row[column]}", not ${String(wanted)}`)
    .join(', ');

/** A pattern in words that one can read. */
const plain = (pattern: RegExp) => pattern.source.replace(/[\\^$]/g, '');

const label = (says: string): Words => ({ en: says, 'zh-CN': says });

/** That `kubectl get KIND NAME -o wide` prints these cells. */
export function printed(
  kind: string,
  name: string,
  cells: Readonly<Record<string, Cell>>,
  within: number,
  namespace?: string,
): Expectation {
  const told = Object.entries(cells)
    .map(([column, cell]) => `${column} ${typeof cell === 'string' ? cell : plain(cell)}`)
    .join(', ');
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

/**
 * That a Deployment is what its newest spec wants, in full, and nothing of an older revision is left (`rollout status`): so many
 * pods, or as many as are wished for.
 */
export function rolledOut(
  name: string,
  wanted: number | 'asWished',
  within: number,
  namespace = 'default',
): Expectation {
  const told =
    wanted === 'asWished' ? { en: 'as many as wished', 'zh-CN': '与期望数一致' } : label(`${wanted}/${wanted}`);
  return {
    says: {
      en: `Deployment ${name} is rolled out: ${told.en}`,
      'zh-CN': `Deployment ${name} 更新完成：${told['zh-CN']}`,
    },
    within,
    wrong({ store }) {
      const deployment = store.get('deployments.apps', { namespace, name });
      if (!deployment) return `there is no Deployment ${name}`;
      const { metadata, spec, status = {} } = deployment;
      if (status.observedGeneration !== metadata.generation) return `${name} has not been looked at yet`;
      const count = wanted === 'asWished' ? (spec.replicas ?? 1) : wanted;
      const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
      const counts = [spec.replicas ?? 1, replicas, updatedReplicas, readyReplicas, availableReplicas];
      if (counts.every((one) => one === count)) return undefined;
      return `${name} wishes, has, updated, ready, available: ${counts.join(', ')}, not ${count}`;
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

/**
 * What is exact only in a cluster where no pod has ended yet, such as addresses that are given one after the other: later it
 * is not asked for.
 */
export const firstTime = (expectation: Expectation): Expectation => ({
  ...expectation,
  wrong: (view) =>
    view.store.list('events').some(({ reason }) => reason === 'Killing') ? undefined : expectation.wrong(view),
});

/** What an event must say to be meant: its reason, of which object, in which words, and how often. */
export interface EventChoice {
  kind: string;
  name: Cell;
  namespace?: string;
  message?: Cell;
  count?: number;
}

/** That an event has been recorded, as `kubectl get events` shows. */
export function happened(
  reason: string,
  { kind, name, namespace, message, count = 1 }: EventChoice,
  within: number,
): Expectation {
  const shown = message === undefined ? '' : `: ${typeof message === 'string' ? message : plain(message)}`;
  return {
    says: label(`${reason} ${kind}${shown}`),
    within,
    wrong({ store }) {
      const ofKind = store
        .list('events', namespace)
        .filter(({ involvedObject }) => involvedObject.kind === kind && fits(involvedObject.name, name));
      const fitting = ofKind.filter(
        (event) => event.reason === reason && (message === undefined || fits(event.message, message)),
      );
      const times = fitting.reduce((sum, event) => sum + (event.series?.count ?? event.count ?? 1), 0);
      if (times >= count) return undefined;
      return `${times} such events, not ${count}, among:\n${ofKind.map((event) => `${event.reason} ${event.message}`).join('\n')}`;
    },
  };
}

/** That an object is not there. */
export function gone(kind: string, name: string, within: number, namespace?: string): Expectation {
  return {
    says: { en: `${kind} ${name} is gone`, 'zh-CN': `${kind} ${name} 已消失` },
    within,
    wrong: (view) => (view.row(kind, name, namespace) ? `${kind} ${name} is still there` : undefined),
  };
}

/** That a condition of an object has a status and a reason, and says why. */
export function conditionOf(
  kind: string,
  name: string,
  type: string,
  wanted: { status: 'True' | 'False' | 'Unknown'; reason?: Cell; message?: Cell },
  within: number,
  namespace?: string,
): Expectation {
  const told = [wanted.reason, wanted.message]
    .filter((cell) => cell !== undefined)
    .map((cell) => (typeof cell === 'string' ? cell : plain(cell)));
  return {
    says: label(`${kind} ${name}: ${type}=${wanted.status} ${told.join(': ')}`.trim()),
    within,
    wrong(view) {
      const object = view.object(kind, name, namespace) as { status?: { conditions?: Condition[] } } | undefined;
      if (!object) return `there is no ${kind} ${name}`;
      const condition = object.status?.conditions?.find((candidate) => candidate.type === type);
      if (!condition) return `${kind} ${name} has no condition ${type}`;
      const same =
        condition.status === wanted.status &&
        (wanted.reason === undefined || fits(condition.reason, wanted.reason)) &&
        (wanted.message === undefined || fits(condition.message, wanted.message));
      return same ? undefined : `${type} is ${condition.status}, ${condition.reason}: ${condition.message}`;
    },
  };
}

/** The addresses that a service leads to are those of so many ready pods, and so many wait. */
export function endpoints(
  name: string,
  ready: number,
  unready: number,
  within: number,
  namespace = 'default',
): Expectation {
  return {
    says: {
      en: `Service ${name} leads to ${ready} ready pods${unready > 0 ? `, ${unready} not ready` : ''}`,
      'zh-CN': `服务 ${name} 指向 ${ready} 个就绪的 Pod${unready > 0 ? `，另有 ${unready} 个未就绪` : ''}`,
    },
    within,
    wrong({ store }) {
      const subsets = store.get('endpoints', { namespace, name })?.subsets ?? [];
      const has = subsets.flatMap(({ addresses = [] }) => addresses).length;
      const waits = subsets.flatMap(({ notReadyAddresses = [] }) => notReadyAddresses).length;
      return has === ready && waits === unready
        ? undefined
        : `${name} has ${has} ready addresses and ${waits} not ready`;
    },
  };
}

/** Anything else that must be seen. */
export function seen(says: Words, within: number, wrong: (view: View) => string | undefined): Expectation {
  return { says, within, wrong };
}
