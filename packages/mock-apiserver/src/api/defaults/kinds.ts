import type {
  CertificateSigningRequest,
  CSIDriver,
  CustomResourceDefinition,
  Event,
  HorizontalPodAutoscaler,
  Ingress,
  KubeObject,
  LimitRange,
  Namespace,
  NetworkPolicy,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PodTemplate,
  PriorityClass,
  ResourceQuota,
  RoleBinding,
  Secret,
  StorageClass,
} from '@portolan/shared';
import { ROOT_CA } from '../../controllers/namespace/root-ca.ts';
import { ISSUER, issueToken } from '../access/tokens.ts';
import { ADMINISTRATOR } from '../access/user.ts';
import { limitClaim } from '../admission/limit-ranger.ts';
import { DEFAULT_CLASS } from '../columns/storage.ts';
import type { Admission } from '../resource.ts';
import { defaultTemplate } from './pod-spec.ts';
import { freshStatus } from './workloads.ts';

/** What the apiserver fills into the kinds that run nothing (`pkg/apis/…/v1/defaults.go` and admission plugins). */

export function prepareNamespace(object: KubeObject): void {
  const namespace = object as Namespace;
  namespace.metadata.labels = { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name };
  namespace.spec = { finalizers: ['kubernetes'], ...namespace.spec };
  namespace.status = { phase: 'Active', ...namespace.status };
}

/** Names that a definition leaves out are made of its kind (`apiextensions/v1/defaults.go`). */
export function prepareDefinition(object: KubeObject): void {
  const { spec } = object as CustomResourceDefinition;
  const { kind = '' } = spec.names ?? {};
  spec.names = { ...spec.names, singular: spec.names?.singular || kind.toLowerCase() };
  spec.names.listKind ||= `${kind}List`;
  spec.conversion ??= { strategy: 'None' };
}

/** A node that joins is not ready until its controller says so (admission plugin TaintNodesByCondition). */
export function prepareNode(object: KubeObject): void {
  const node = object as Node;
  const { podCIDR } = node.spec ?? {};
  if (node.spec && podCIDR) node.spec.podCIDRs ??= [podCIDR];
}

/** `stringData` is written over `data`, and never answered. */
export function prepareSecret(object: KubeObject, _previous: KubeObject | undefined, admission: Admission): void {
  const secret = object as Secret;
  secret.type ??= 'Opaque';
  if (secret.stringData) secret.data = { ...secret.data, ...encoded(secret.stringData) };
  delete secret.stringData;
  if (secret.type === ACCOUNT_TOKEN) fillToken(secret, admission);
}

const ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const ACCOUNT = 'kubernetes.io/service-account.name';
/** A token in a Secret holds as long as the Secret: a hundred years stand for that. */
const TOKEN_SECONDS = 100 * 365 * 86_400;

const encoded = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));

/** Gives a Secret that asks for it the token of its account (`pkg/controller/serviceaccount/tokens_controller.go`). */
function fillToken(secret: Secret, { store, clock }: Admission): void {
  const { annotations, namespace = '' } = secret.metadata;
  const account = store.get('serviceaccounts', { namespace, name: annotations?.[ACCOUNT] ?? '' });
  if (!account || secret.data?.token) return;
  const { name, uid } = account.metadata;
  secret.metadata.annotations = { ...annotations, 'kubernetes.io/service-account.uid': uid };
  const token = issueToken(store, clock, { namespace, name, uid, seconds: TOKEN_SECONDS, audiences: [ISSUER] });
  secret.data = { ...secret.data, ...encoded({ 'ca.crt': ROOT_CA, namespace, token }) };
}

export function preparePersistentVolume(object: KubeObject): void {
  const volume = object as PersistentVolume;
  volume.spec.persistentVolumeReclaimPolicy ??= 'Retain';
  volume.spec.volumeMode ??= 'Filesystem';
  if (volume.spec.hostPath) volume.spec.hostPath.type ??= '';
  volume.status = { phase: 'Pending', ...volume.status };
}

/** The newest of the classes marked as default (admission plugin DefaultStorageClass). */
export function prepareClaim(object: KubeObject, previous: KubeObject | undefined, { store }: Admission): void {
  const claim = object as PersistentVolumeClaim;
  claim.spec.volumeMode ??= 'Filesystem';
  claim.status = { phase: 'Pending', ...claim.status };
  if (previous) return;
  limitClaim(claim, store);
  if (claim.spec.storageClassName !== undefined) return;
  const [newest] = store
    .list('storageclasses.storage.k8s.io')
    .filter(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')
    .sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1));
  if (newest) claim.spec.storageClassName = newest.metadata.name;
}

export function prepareStorageClass(object: KubeObject): void {
  const storage = object as StorageClass;
  storage.reclaimPolicy ??= 'Delete';
  storage.volumeBindingMode ??= 'Immediate';
}

export function prepareDriver(object: KubeObject): void {
  const { spec } = object as CSIDriver;
  spec.attachRequired ??= true;
  spec.podInfoOnMount ??= false;
  spec.storageCapacity ??= false;
  spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
  spec.volumeLifecycleModes ??= ['Persistent'];
  spec.requiresRepublish ??= false;
  spec.seLinuxMount ??= false;
}

/** Where no metric is asked for, it is the use of cpu (`pkg/apis/autoscaling/v2/defaults.go`). */
export function prepareAutoscaler(object: KubeObject, previous: KubeObject | undefined): void {
  const autoscaler = object as HorizontalPodAutoscaler;
  const { spec } = autoscaler;
  freshStatus(autoscaler, previous, { currentMetrics: null, desiredReplicas: 0 });
  spec.minReplicas ??= 1;
  if (!spec.metrics?.length) {
    const target = { type: 'Utilization' as const, averageUtilization: 80 };
    spec.metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  }
  const { behavior } = spec;
  if (!behavior) return;
  behavior.scaleUp = {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Pods', value: 4, periodSeconds: 15 },
      { type: 'Percent', value: 100, periodSeconds: 15 },
    ],
    ...behavior.scaleUp,
  };
  behavior.scaleDown = {
    selectPolicy: 'Max',
    policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
    ...behavior.scaleDown,
  };
}

export function prepareBudget(object: KubeObject, previous: KubeObject | undefined): void {
  const none = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
  freshStatus(object as PodDisruptionBudget, previous, none);
}

export function prepareIngress(object: KubeObject, previous: KubeObject | undefined, { store }: Admission): void {
  const ingress = object as Ingress;
  freshStatus(ingress, previous, { loadBalancer: {} });
  if (previous || ingress.spec?.ingressClassName !== undefined) return;
  const [newest] = store
    .list('ingressclasses.networking.k8s.io')
    .filter(({ metadata }) => metadata.annotations?.[DEFAULT_INGRESS_CLASS] === 'true');
  if (newest && ingress.spec) ingress.spec.ingressClassName = newest.metadata.name;
}

const DEFAULT_INGRESS_CLASS = 'ingressclass.kubernetes.io/is-default-class';

export function prepareNetworkPolicy(object: KubeObject): void {
  const policy = object as NetworkPolicy;
  policy.spec ??= {};
  const { spec } = policy;
  for (const { ports } of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
    for (const port of ports ?? []) port.protocol ??= 'TCP';
  }
  if (!spec.policyTypes?.length) spec.policyTypes = ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
}

/** Limits stand in for what is asked for by default, and the most for what is not limited. */
export function prepareLimitRange(object: KubeObject): void {
  for (const item of (object as LimitRange).spec?.limits ?? []) {
    if (item.type !== 'Container') continue;
    const limits = { ...item.max, ...item.default };
    const requests = { ...item.min, ...limits, ...item.defaultRequest };
    if (Object.keys(limits).length > 0) item.default = limits;
    if (Object.keys(requests).length > 0) item.defaultRequest = requests;
  }
}

export function prepareQuota(object: KubeObject, previous: KubeObject | undefined): void {
  freshStatus(object as ResourceQuota, previous, {});
}

export function preparePodTemplate(object: KubeObject): void {
  defaultTemplate((object as PodTemplate).template);
}

const RBAC = 'rbac.authorization.k8s.io';

export function prepareRoleBinding(object: KubeObject): void {
  const { roleRef, subjects = [] } = object as RoleBinding;
  if (roleRef) roleRef.apiGroup ||= RBAC;
  for (const subject of subjects) if (subject.kind !== 'ServiceAccount') subject.apiGroup ||= RBAC;
}

export function preparePriorityClass(object: KubeObject): void {
  (object as PriorityClass).preemptionPolicy ??= 'PreemptLowerPriority';
}

/** Who asks for a certificate is the administrator: nobody else's requests are told apart here. */
export function prepareSigningRequest(object: KubeObject, previous: KubeObject | undefined): void {
  const request = object as CertificateSigningRequest;
  if (!previous) Object.assign(request.spec, { username: ADMINISTRATOR.username, groups: [...ADMINISTRATOR.groups] });
  freshStatus(request, previous, {});
}

/** Events of before events.k8s.io leave these empty, not absent. */
export function prepareEvent(object: KubeObject): void {
  const event = object as Event;
  event.source ??= {};
  event.firstTimestamp ??= null;
  event.lastTimestamp ??= null;
  event.eventTime ??= null;
  event.reportingComponent ??= '';
  event.reportingInstance ??= '';
}
