import { fromMap, matches, type Pod, type Selector, type Service } from '@portolan/shared';
import { toKey } from '../object-key.ts';
import { isEnded, isReady } from '../pod-state.ts';

/** Whether a service's endpoints are found by its selector; of others somebody else takes care. */
export function isSelecting({ spec }: Service): boolean {
  return spec.selector !== undefined && spec.type !== 'ExternalName';
}

interface Known {
  key: string;
  selector: Selector;
}

/** The selectors of services by namespace, read once: every change of a pod is held against them. */
export class Selectors {
  readonly #byNamespace = new Map<string, Known[]>();

  /** Takes a service in, or its selector's change. */
  see(service: Service): void {
    const key = toKey(service);
    this.forget(key);
    if (!isSelecting(service)) return;
    const { namespace = '' } = service.metadata;
    const selector = fromMap(service.spec.selector ?? {});
    this.#byNamespace.set(namespace, [...(this.#byNamespace.get(namespace) ?? []), { key, selector }]);
  }

  forget(key: string): void {
    const [namespace = ''] = key.split('/', 1);
    const left = (this.#byNamespace.get(namespace) ?? []).filter((known) => known.key !== key);
    if (left.length > 0) this.#byNamespace.set(namespace, left);
    else this.#byNamespace.delete(namespace);
  }

  /** The services whose endpoints a change of a pod is seen in. */
  concerned(pod: Pod, previous: Pod | undefined, gone: boolean): string[] {
    const relabelled = gone || previous?.metadata.labels !== pod.metadata.labels;
    if (!relabelled && shows(pod) === shows(previous)) return [];
    const isBehind = (one: Pod | undefined, selector: Selector) => one && matches(selector, one.metadata.labels ?? {});
    return (this.#byNamespace.get(pod.metadata.namespace ?? '') ?? [])
      .filter(({ selector }) => isBehind(pod, selector) || (relabelled && isBehind(previous, selector)))
      .map(({ key }) => key);
  }
}

/** All of a pod that endpoints show, as one text. */
function shows(pod: Pod | undefined): string {
  if (!pod) return '';
  const { metadata, spec, status } = pod;
  const { podIP = '' } = status ?? {};
  return [podIP, spec.nodeName ?? '', isReady(pod), isEnded(pod), metadata.deletionTimestamp !== undefined].join(' ');
}
