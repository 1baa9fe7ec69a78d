import type { Words } from '@portolan/shared';
import { type Expectation, firstTime, printed, rolledOut, rows } from '../expect.ts';
import { replicas } from './state.ts';

/** The line that `kubectl get nodes` prints of a node that is well. */
export const nodeIsReady = (name: string, within: number): Expectation =>
  printed('Node', name, { STATUS: 'Ready' }, within);

/** So many pods of an application run, on a node where one is named. */
export function run(says: Words, app: string, count: number, within: number, node?: string): Expectation {
  const cells = {
    NAME: new RegExp(`^${app}-`),
    READY: '1/1',
    STATUS: 'Running',
    ...(node !== undefined && { NODE: node }),
  };
  return rows(says, 'Pod', count, cells, within, 'default');
}

/** The one pod of an application that has this address, on this node. */
export function isAt(app: string, node: string, address: string, within: number): Expectation {
  const shown = rows(
    { en: `A pod of ${app} has ${address} on ${node}`, 'zh-CN': `${node} 上有一个 ${app} 的 Pod，地址 ${address}` },
    'Pod',
    1,
    { NAME: new RegExp(`^${app}-`), READY: '1/1', STATUS: 'Running', IP: address, NODE: node },
    within,
    'default',
  );
  return firstTime(shown);
}

/** Redis and the frontend are whole: 1, 2 and as many as are wished for. */
export const allAvailable = (within: number): Expectation[] => [
  rolledOut('redis-master', 1, within),
  rolledOut('redis-slave', 2, within),
  rolledOut('frontend', 'asWished', within),
];

/** What is exact for three frontends is asked for while three are wished for; a presenter may have scaled them. */
export const whileThree = (expectation: Expectation): Expectation => ({
  ...expectation,
  wrong: (view) => (replicas(view) === 3 ? expectation.wrong(view) : undefined),
});

/** Nothing is on a node. */
export const isEmpty = (node: string, within: number): Expectation =>
  rows({ en: `${node} is empty`, 'zh-CN': `${node} 已空` }, 'Pod', 0, { NODE: node }, within, 'default');
