import type { Container, KubeObject, Pod } from '@portolan/shared';

type WithStatus = KubeObject & { status?: unknown };

/** What a write through a subresource takes of what was sent; all else stays. */
type Part = (previous: WithStatus, next: WithStatus) => KubeObject;

/** The status, with labels and annotations. */
const status: Part = (previous, next) => {
  const { status: _before, metadata, ...rest } = previous;
  const { labels, annotations } = next.metadata;
  const { labels: _labels, annotations: _annotations, ...kept } = metadata;
  return {
    ...rest,
    metadata: { ...kept, ...(labels && { labels }), ...(annotations && { annotations }) },
    ...(next.status !== undefined && { status: next.status }),
  } as KubeObject;
};

/** The containers that debug a pod. */
const ephemeralContainers: Part = (previous, next) => {
  const pod = previous as Pod;
  return { ...pod, spec: { ...pod.spec, ephemeralContainers: (next as Pod).spec.ephemeralContainers ?? [] } } as Pod;
};

/** What containers ask for and are limited to. */
const resources: Part = (previous, next) => {
  const pod = previous as Pod;
  const resized = (container: Container): Container => {
    const wanted = (next as Pod).spec.containers.find(({ name }) => name === container.name);
    return { ...container, resources: wanted?.resources ?? {} };
  };
  return { ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map(resized) } } as Pod;
};

const PARTS: Record<string, Part> = {
  status,
  approval: status,
  ephemeralcontainers: ephemeralContainers,
  resize: resources,
};

/**
 * `next` as far as a request may write it: through a subresource its part alone; otherwise all but the status, where the
 * kind keeps it apart.
 */
export function confined(
  previous: KubeObject,
  next: KubeObject,
  subresource: string | undefined,
  statusApart: boolean,
): KubeObject {
  const part = PARTS[subresource ?? ''];
  if (part) return part(previous, next);
  if (!statusApart) return next;
  const { status: before } = previous as WithStatus;
  const { status: _after, ...rest } = next as WithStatus;
  return { ...rest, ...(before !== undefined && { status: before }) } as KubeObject;
}
