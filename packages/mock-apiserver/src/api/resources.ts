import { eventsV1 } from './conversions/events-v1.ts';
import { ingressV1beta1 } from './conversions/ingress-v1beta1.ts';
import { prepareExtensionsDeployment } from './defaults/workloads.ts';
import type { ApiResource, ServedResource } from './resource.ts';
import { certificatesResources, rbacResources } from './resources/access.ts';
import { appsResources } from './resources/apps.ts';
import { autoscalingResources } from './resources/autoscaling.ts';
import { batchResources } from './resources/batch.ts';
import { clusterResources } from './resources/cluster.ts';
import { coreResources } from './resources/core.ts';
import { metricsResources } from './resources/metrics.ts';
import { networkingResources } from './resources/networking.ts';
import { policyResources } from './resources/policy.ts';
import { reviewResources } from './resources/reviews.ts';
import { storageResources } from './resources/storage.ts';

/** The table of resources, in the order of their groups in discovery (`pkg/controlplane/apiserver` priorities). */
const ALL_RESOURCES: readonly ApiResource[] = [
  ...coreResources,
  ...appsResources,
  ...reviewResources,
  ...autoscalingResources,
  ...batchResources,
  ...certificatesResources,
  ...networkingResources,
  ...policyResources,
  ...rbacResources,
  ...storageResources,
  ...clusterResources,
  ...metricsResources,
];

/** Every resource that is stored. */
export const RESOURCES: readonly ApiResource[] = ALL_RESOURCES.filter(({ virtual }) => virtual === undefined);

const served = (resource: ApiResource): ServedResource[] =>
  resource.versions.map((version) => ({
    group: resource.group,
    version,
    resource,
    alias: false,
    conversion: resource.conversions?.[version],
    prepare: resource.prepare,
  }));

const resourceOf = (key: string): ApiResource => {
  const found = ALL_RESOURCES.find((resource) => resource.key === key);
  if (!found) throw new Error(`no resource ${key} in the table`);
  return found;
};

/** The same objects under another group's name. */
const EVENTS: ServedResource = {
  resource: resourceOf('events'),
  group: 'events.k8s.io',
  version: 'v1',
  alias: false,
  conversion: eventsV1,
  prepare: resourceOf('events').prepare,
};

const EXTENSIONS: ServedResource = {
  group: 'extensions',
  version: 'v1beta1',
  resource: resourceOf('deployments.apps'),
  alias: true,
  prepare: prepareExtensionsDeployment,
};

/** As older kubectl prunes by. */
const OLD_INGRESSES: ServedResource = {
  group: 'extensions',
  version: 'v1beta1',
  resource: resourceOf('ingresses.networking.k8s.io'),
  alias: true,
  conversion: ingressV1beta1,
  prepare: resourceOf('ingresses.networking.k8s.io').prepare,
};

const own = ALL_RESOURCES.flatMap(served);
const afterApps = own.findLastIndex(({ group }) => group === 'apps') + 1;

/** Everything served, old aliases last: a client that looks a kind up takes the first group that has it. */
export const SERVED: readonly ServedResource[] = [
  ...own.slice(0, afterApps),
  EVENTS,
  ...own.slice(afterApps),
  EXTENSIONS,
  OLD_INGRESSES,
];
