import type { KubeObject, Pod, PodTemplateSpec } from '@portolan/shared';
import type { ControllerContext } from '../../controllers/context.ts';
import { createPod, type PodIdentity } from '../../controllers/create.ts';
import type { Berth } from './placer.ts';
import { type PodState, statusMaker } from './pod-states.ts';

const SOURCE = { component: 'prehistory' };

/**
 * Makes the pods of one workload, already as far as they have come: the first as its controller would, the others as copies
 * of it that share all they have in common.
 */
export class PodMaker {
  readonly #context: ControllerContext;
  readonly #owner: KubeObject;
  readonly #template: PodTemplateSpec;
  #first: Pod | undefined;
  readonly #makers = new Map<PodState, ReturnType<typeof statusMaker>>();

  constructor(context: ControllerContext, owner: KubeObject, template: PodTemplateSpec) {
    this.#context = context;
    this.#owner = owner;
    this.#template = template;
  }

  /** A pod on its place; one without a place waits for it. */
  make(state: PodState, berth: Berth | undefined, identity: PodIdentity = {}): Pod {
    const { store } = this.#context;
    if (!this.#first) {
      const created = createPod(this.#context, SOURCE, this.#owner, this.#template, identity);
      this.#first = store.update('pods', created.metadata, (draft) => this.#settled(draft, state, berth));
      return this.#first;
    }
    const { metadata, spec } = this.#first;
    const { name, labels, spec: own } = identity;
    const generateName = name === undefined ? metadata.generateName : undefined;
    const pod = {
      metadata: {
        ...(generateName === undefined ? { name } : { generateName }),
        namespace: metadata.namespace,
        labels: labels ? { ...metadata.labels, ...labels } : metadata.labels,
        ...(metadata.annotations && { annotations: metadata.annotations }),
        ownerReferences: metadata.ownerReferences,
      },
      spec: { ...spec, ...own },
    } as unknown as Pod;
    const made = store.create('pods', this.#settled(pod, state, berth));
    // The kubelet's words of a back-off name the pod, which has its name and uid only now.
    if (state !== 'crashing') return made;
    return store.update('pods', made.metadata, (draft) => this.#settled(draft, state, berth));
  }

  #settled(pod: Pod, state: PodState, berth: Berth | undefined): Pod {
    const { clock } = this.#context;
    const maker = this.#makers.get(state) ?? statusMaker(pod, state, clock.now(), this.#context.random);
    this.#makers.set(state, maker);
    if (berth) pod.spec.nodeName = berth.node;
    else delete pod.spec.nodeName;
    pod.status = maker(pod, berth ?? { hostIP: '', podIP: '' });
    return pod;
  }
}
