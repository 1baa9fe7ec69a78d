import type { Container, ContainerStatus, Node, Pod, PodSpec, PodStatus, Service } from '../api/core.ts';
import type { KubeObject, ObjectMeta } from '../api/meta.ts';
import type { Deployment } from '../api/workloads.ts';

const CREATED = '2026-11-21T09:00:00Z';

/** The metadata of an object called `name`, whose uid is its name. */
export function metadata(name: string, more: Partial<ObjectMeta> = {}): ObjectMeta {
  return { name, namespace: 'default', uid: name, resourceVersion: '1', creationTimestamp: CREATED, ...more };
}

interface PodParts {
  name?: string;
  metadata?: Partial<ObjectMeta>;
  spec?: Partial<PodSpec>;
  status?: PodStatus;
}

/** A pod with one container `main`. */
export function aPod({ name = 'web-1', metadata: meta, spec, status }: PodParts = {}): Pod {
  return {
    metadata: metadata(name, meta),
    spec: { containers: [container('main')], ...spec },
    status: { phase: 'Running', ...status },
  };
}

/** A container called `name`. */
export function container(name: string, more: Partial<Container> = {}): Container {
  return { name, image: `${name}:1`, ...more };
}

/** A container's status: running and ready, unless told otherwise. */
export function containerStatus(name: string, more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name, ready: true, restartCount: 0, state: { running: { startedAt: CREATED } }, ...more };
}

/** A node that is Ready. */
export function aNode(name: string, more: Partial<Node> = {}): Node {
  return {
    metadata: metadata(name, { namespace: undefined }),
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
    ...more,
  };
}

/** A Service of type ClusterIP. */
export function aService(name: string, spec: Service['spec'], status?: Service['status']): Service {
  return { metadata: metadata(name), spec, status };
}

interface DeploymentParts {
  metadata?: Partial<ObjectMeta>;
  spec?: Partial<Deployment['spec']>;
  status?: Deployment['status'];
}

/** A Deployment of three replicas at rest. */
export function aDeployment(name: string, { metadata: meta, spec, status }: DeploymentParts = {}): Deployment {
  return {
    metadata: metadata(name, { generation: 1, annotations: { 'deployment.kubernetes.io/revision': '1' }, ...meta }),
    spec: { replicas: 3, template: { spec: { containers: [container('main')] } }, ...spec },
    status: {
      observedGeneration: 1,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      conditions: [
        { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
        { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
      ],
      ...status,
    },
  };
}

/** An object of any kind, with parts that its type does not know. */
export function anyObject(parts: Record<string, unknown>): KubeObject {
  return { metadata: metadata('any'), ...parts } as KubeObject;
}
