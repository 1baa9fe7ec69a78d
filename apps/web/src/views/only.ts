import { type Entity, type Kind, podMark } from '@portolan/shared';

const PODS = 'pod/';
const NODES = 'node/';

/**
 * The one count that is lit, as an address says it: `pod/` and a STATUS as kubectl prints it, or `ready`, `notready` or
 * `pending` (on no node) for what no STATUS tells; `node/` and a word of a node's STATUS or a condition of it.
 */
export interface Only {
  kind: Extract<Kind, 'Pod' | 'Node'>;
  matches(entity: Entity): boolean;
}

const BY_MARK: ReadonlySet<string> = new Set(['ready', 'notready', 'pending']);

/** Reads what an address says; null lights all, and so does what it does not know. */
export function parseOnly(text: string | null): Only | null {
  if (text?.startsWith(PODS)) {
    const wanted = text.slice(PODS.length);
    return {
      kind: 'Pod',
      matches: (entity) => {
        if (entity.kind !== 'Pod') return false;
        const mark = podMark(entity);
        return BY_MARK.has(wanted) ? mark === wanted : !BY_MARK.has(mark) && entity.status === wanted;
      },
    };
  }
  if (text?.startsWith(NODES)) {
    const wanted = text.slice(NODES.length);
    return {
      kind: 'Node',
      matches: (entity) =>
        entity.kind === 'Node' &&
        (entity.status.split(',').includes(wanted) ||
          entity.conditions.some(({ type, status }) => type !== 'Ready' && type === wanted && status === 'True')),
    };
  }
  return null;
}
