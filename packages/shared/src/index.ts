export type { ClusterRole, PolicyRule, Role, RoleBinding, RoleRef, Subject } from './api/access.ts';
export type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  Metric,
  MetricAmount,
  MetricIdentifier,
  ScalingRules,
} from './api/autoscaling.ts';
export type { CertificateSigningRequest } from './api/certificates.ts';
export type { ConfigMap, Secret, ServiceAccount } from './api/config.ts';
export type { Lease } from './api/coordination.ts';
export type {
  Action,
  Affinity,
  ComponentStatus,
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  EndpointSlice,
  Endpoints,
  EnvVar,
  Event,
  IntOrString,
  Namespace,
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  ObjectReference,
  Pod,
  PodAffinity,
  PodAffinityTerm,
  PodSpec,
  PodStatus,
  PodTemplate,
  PodTemplateSpec,
  Probe,
  ResourceList,
  Service,
  ServicePort,
  Taint,
  Toleration,
  TopologySpreadConstraint,
  Volume,
} from './api/core.ts';
export type {
  CustomResourceColumn,
  CustomResourceDefinition,
  CustomResourceVersion,
} from './api/extensions.ts';
export type { Gateway, GatewayRef, HTTPRoute } from './api/gateway.ts';
export type {
  Condition,
  Json,
  KubeList,
  KubeObject,
  LabelSelector,
  LabelSelectorRequirement,
  ObjectMeta,
  OwnerReference,
  Status,
  WatchEvent,
} from './api/meta.ts';
export type { NodeMetrics, PodMetrics } from './api/metrics.ts';
export type {
  Ingress,
  IngressBackend,
  IngressClass,
  IngressRule,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from './api/networking.ts';
export type { PodDisruptionBudget } from './api/policy.ts';
export type { LimitRange, LimitRangeItem, ResourceQuota, ScopeSelectorRequirement } from './api/quotas.ts';
export type { PriorityClass, RuntimeClass } from './api/scheduling.ts';
export type {
  CSIDriver,
  CSINode,
  PersistentVolume,
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  PersistentVolumeClaimStatus,
  PersistentVolumeClaimTemplate,
  StorageClass,
  VolumeAttachment,
} from './api/storage.ts';
export type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  Job,
  JobSpec,
  PodFailurePolicyRule,
  ReplicaSet,
  ReplicationController,
  StatefulSet,
} from './api/workloads.ts';
export { type Change, isEmpty, type Removal } from './change.ts';
export type { Column } from './columns/column.ts';
export { ColumnsError, decodeColumns, encodeColumns } from './columns/columns.ts';
export { Digest } from './digest.ts';
export type { ConditionSummary, Health, LabelSelectorSummary, OwnerRef } from './entity/common.ts';
export type {
  Endpoint,
  EndpointSliceEntity,
  EndpointsEntity,
  EventEntity,
  NamespaceEntity,
  NodeEntity,
  PodEntity,
  PodResources,
  ServiceEntity,
} from './entity/core.ts';
export { type Entity, type EntityOf, entity, KINDS, type Kind, kindName } from './entity/entity.ts';
export type { GatewayEntity, HTTPRouteEntity, IngressEntity, NetworkPolicyEntity } from './entity/network.ts';
export type {
  HorizontalPodAutoscalerEntity,
  LeaseEntity,
  NodeMetricsEntity,
  PodDisruptionBudgetEntity,
  PodMetricsEntity,
  ResourceQuotaEntity,
} from './entity/policy.ts';
export type {
  ConfigMapEntity,
  PersistentVolumeClaimEntity,
  PersistentVolumeEntity,
  StorageClassEntity,
} from './entity/storage.ts';
export type {
  CronJobEntity,
  DaemonSetEntity,
  DeploymentEntity,
  JobEntity,
  ReplicaSetEntity,
  ReplicationControllerEntity,
  StatefulSetEntity,
} from './entity/workloads.ts';
export { type HeadlineScope, headline, headlineOf } from './headline/headline.ts';
export { headlineText, type Language } from './headline/headline-text.ts';
export { LiveScene, type NoteChange } from './headline/live-scene.ts';
export { applicationOf, type PodNote } from './headline/pod-note.ts';
export type { Scene } from './headline/scene.ts';
export type { Headline, HeadlineId, HeadlineParams } from './headline/sentence.ts';
export { type Summary, summary } from './headline/summary.ts';
export { type Verdict, type VerdictWord, verdict, verdictOf } from './headline/verdict.ts';
export { isFollowed } from './is-followed.ts';
export { CLUSTER_SCOPED, placeOf } from './kind-place.ts';
export { findKind, KIND_TABLE, type KindRow, kindRow, type Reading } from './kinds.ts';
export {
  DEPLOYMENT_MARKS,
  type DeploymentMark,
  deploymentMark,
  deploymentTone,
  type MarkRow,
  NODE_MARKS,
  type NodeMark,
  nodeMark,
  nodeTone,
  POD_MARK_ORDER,
  POD_MARKS,
  type PodMark,
  podMark,
  podTone,
  type Tone,
} from './mark.ts';
export { pollIntervalMs } from './poll-interval.ts';
export {
  type ActiveFault,
  activeFault,
  type FaultKind,
  type FaultParam,
  type FaultParams,
  type FaultRequest,
  type Faults,
  faultRequest,
  faults,
  type Scenario,
  type ScenarioCheck,
  type ScenarioStep,
  type ServiceAddress,
  scenario,
  serviceAddresses,
  type Tour,
  type TourCommand,
  type Traffic,
  type TrafficCommand,
  tourCommand,
  traffic,
  trafficCommand,
  type Words,
} from './presenter-protocol.ts';
export { humanDuration } from './print/duration.ts';
export { printJobCompletions, printJobStatus } from './print/job.ts';
export { printNodeRoles, printNodeStatus } from './print/node.ts';
export { formatRestarts, type PodColumns, printPod } from './print/pod.ts';
export { externalAddresses, printBalancer, printExternalIP, printPorts } from './print/service.ts';
export { epochMs } from './print/time.ts';
export { intern } from './project/intern.ts';
export { LEASE_STEP_MS, leaderSilentMs } from './project/lease.ts';
export { project } from './project/project.ts';
export { ProjectionError } from './project/projection-error.ts';
export {
  type Counts,
  type Message,
  type MessageData,
  type MessageName,
  messages,
  PROTOCOL,
  type Scope,
  type Source,
  type SourceState,
  source,
} from './protocol.ts';
export { amountOf, compareQuantities, formatQuantity, parseQuantity, QuantityError } from './quantity.ts';
export { between, pick, type Random, seededRandom } from './random.ts';
export { REDACTED, redact } from './redact.ts';
export { EDGE_TYPES, type Edge, type EdgeType } from './relations/edge.ts';
export { Graph, type GraphDelta } from './relations/graph.ts';
export { ShardedMap } from './relations/sharded-map.ts';
export { formatRequirement, formatSelector } from './selector/format.ts';
export { labelKeyProblem, labelValueProblem } from './selector/label.ts';
export { parseSelector } from './selector/parse.ts';
export { printSelector } from './selector/print.ts';
export {
  EVERYTHING,
  fromLabelSelector,
  fromMap,
  type Labels,
  matches,
  NOTHING,
  type Requirement,
  requirementMatches,
  type Selector,
} from './selector/selector.ts';
export { SelectorError } from './selector/selector-error.ts';
export { columnsIn, columnsOf } from './table/columns-of.ts';
export type { ColumnsOf, EntityColumn } from './table/entity-column.ts';
export { printCpu, printMemory, printMetric } from './table/policy-columns.ts';
export { compareKeys, type SortKey, sortKeyOf, type TableOrder } from './table/row-order.ts';
export { printAccessModes } from './table/storage-columns.ts';
