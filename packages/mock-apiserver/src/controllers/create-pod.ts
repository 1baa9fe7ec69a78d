import type { KubeObject, Pod, PodTemplateSpec } from '@portolan/shared';
import { preparePod } from '../api/defaults/pod.ts';
import type { ControllerContext } from './context.ts';
import { controllerRef } from './ownership.ts';

/** How a controller's pod differs from its template. */
export interface PodIdentity {
  name?: string;
  labels?: Record<string, string>;
  spec?: Partial<Pod['spec']>;
}

/** Creates a pod from `template` for `owner`, named after it, with the defaults that the API would fill in. */
export function createPod(
  { store }: ControllerContext,
  owner: KubeObject,
  template: PodTemplateSpec,
  identity: PodIdentity = {},
): Pod {
  const { namespace } = owner.metadata;
  const pod = {
    metadata: {
      ...(identity.name ? { name: identity.name } : { generateName: `${owner.metadata.name}-` }),
      ...(namespace && { namespace }),
      labels: { ...template.metadata?.labels, ...identity.labels },
      ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
      ownerReferences: [controllerRef(owner)],
    },
    spec: { ...structuredClone(template.spec), ...identity.spec },
  } as Pod;
  preparePod(pod, undefined);
  return store.create('pods', pod);
}
