import type { Deployment, Pod, ReplicaSet } from '@portolan/shared';
import type { View } from '../view.ts';

/** The guestbook's three applications, each a Deployment and a Service of one name. */
export const APPS = ['redis-master', 'redis-slave', 'frontend'] as const;

const inDefault = (name: string) => ({ namespace: 'default', name });

const deployment = ({ store }: View, name: string): Deployment | undefined =>
  store.get('deployments.apps', inDefault(name));

/** The frontend, if it is there. */
export const frontend = (view: View): Deployment | undefined => deployment(view, 'frontend');

/** Both the Deployment and the Service of an application are there. */
export const exists = (name: string) => (view: View) =>
  deployment(view, name) !== undefined && view.store.get('services', inDefault(name)) !== undefined;

/** Neither is there. */
export const absent = (name: string) => (view: View) =>
  deployment(view, name) === undefined && view.store.get('services', inDefault(name)) === undefined;

/** How many frontends are wished for. */
export const replicas = (view: View): number | undefined => frontend(view)?.spec.replicas;

/** The image that is wished for. */
export const image = (view: View): string | undefined => frontend(view)?.spec.template.spec.containers[0]?.image;

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
