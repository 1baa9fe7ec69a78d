import type { Deployment, Pod, ReplicaSet } from '@portolan/shared';
import { KUBELET_ANNOTATION } from '../../controllers/kubelet/kubelet-annotation.ts';
import type { View } from '../view.ts';

const inDefault = (name: string) => ({ namespace: 'default', name });

/** The frontend, if it is there. */
export const frontend = ({ store }: View): Deployment | undefined =>
  store.get('deployments.apps', inDefault('frontend'));

/** How many frontends are wished for. */
export const replicas = (view: View): number | undefined => frontend(view)?.spec.replicas;

/** The image that is wished for. */
export const image = (view: View): string | undefined => frontend(view)?.spec.template.spec.containers[0]?.image;

/** Whether the frontend's rollouts are held back. */
export const isPaused = (view: View): boolean => frontend(view)?.spec.paused === true;

/** By uid: the ReplicaSets of a frontend deleted just before are not its own. */
const revisions = (view: View): ReplicaSet[] =>
  view.store
    .list('replicasets.apps', 'default')
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === frontend(view)?.metadata.uid));

/** Undo has something to go back to once a second revision exists. */
export const hasRevisions = (view: View): boolean => frontend(view) !== undefined && revisions(view).length > 1;

/** A frontend runs and is not leaving. */
export const isRunningFrontend = ({ metadata, status }: Pod): boolean =>
  metadata.labels?.tier === 'frontend' && !metadata.deletionTimestamp && status?.phase === 'Running';

/** Whether the control plane takes a node for ready. */
export const isReadyNode = ({ store }: View, name: string): boolean =>
  store
    .get('nodes', { name })
    ?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;

/** Whether a node's kubelet has been stopped, noticed or not. */
export const isStopped = ({ store }: View, name: string): boolean =>
  store.get('nodes', { name })?.metadata.annotations?.[KUBELET_ANNOTATION] === 'stopped';

/** Whether redis-master is there. */
export const hasMaster = ({ store }: View): boolean =>
  store.get('deployments.apps', inDefault('redis-master')) !== undefined;

/** Whether a node takes no new pods because someone said so. */
export const isCordoned = ({ store }: View, name: string): boolean =>
  store.get('nodes', { name })?.spec?.unschedulable === true;
