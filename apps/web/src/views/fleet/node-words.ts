import { humanDuration, type NodeEntity, nodeMark } from '@portolan/shared';
import type { NodeWords } from '../../scene/fleet/fleet-labels.ts';

/** Why a node is not well, as the condition that says so is called, and since when; null for one that is well. `now` is the apiserver's epoch ms. */
export function nodeWords(node: NodeEntity, now: number): NodeWords | null {
  const mark = nodeMark(node);
  if (mark === 'ok') return null;
  const age = (since: number | null | undefined) => (since == null ? '' : humanDuration(Math.max(0, now - since)));
  if (mark === 'cordon') return { state: 'SchedulingDisabled', age: '' };
  if (mark === 'warn') {
    const pressure = node.conditions.find(({ type, status }) => type !== 'Ready' && status === 'True');
    return { state: pressure?.type ?? node.status, age: age(pressure?.since) };
  }
  return { state: node.status, age: age(node.conditions.find(({ type }) => type === 'Ready')?.since) };
}
