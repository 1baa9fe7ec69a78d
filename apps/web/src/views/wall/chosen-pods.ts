import { type PodEntity, type PodMark, podMark } from '@portolan/shared';

/** Who makes room for whom where not all pods can be drawn: the ended first, those in trouble never before the others. */
const BY_TELLING: readonly PodMark[] = ['completed', 'ready', 'terminating', 'creating', 'pending'];

/** So many of the pods as there is room for, in the order given: those in trouble are the last to be left out. */
export function chosenPods(pods: readonly PodEntity[], room: number): PodEntity[] {
  if (pods.length <= room) return [...pods];
  const telling = (pod: PodEntity) => {
    const at = BY_TELLING.indexOf(podMark(pod));
    return at < 0 ? BY_TELLING.length : at;
  };
  const chosen = new Set(pods.toSorted((a, b) => telling(b) - telling(a)).slice(0, room));
  return pods.filter((pod) => chosen.has(pod));
}
