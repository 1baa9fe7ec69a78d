import type { Pod, Taint } from '@portolan/shared';
import { matchesNode } from '../node-affinity.ts';
import { type Claims, refuseByClaims } from './claims.ts';
import type { NodeInfo } from './cluster-cache.ts';
import { type InterPod, refuseByPods } from './inter-pod.ts';
import { affineNode } from './only-node.ts';
import type { Refusal } from './refusal.ts';
import type { Amounts } from './requests.ts';
import { refuseBySpread, type Spreading } from './spreading.ts';
import { tolerates } from './tolerates.ts';

/** A pod to be placed, with what is looked up once for all nodes. */
export interface Candidate {
  pod: Pod;
  requests: Amounts;
  ports: readonly string[];
  claims: Claims;
  inter: InterPod;
  spreading: Spreading;
}

/** Why a pod may not go to a node; nothing when it may, as far as this filter goes. */
export type Filter = (candidate: Candidate, info: NodeInfo) => readonly Refusal[] | undefined;

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

const isTolerated = ({ spec }: Pod, taint: Taint) =>
  spec.tolerations?.some((toleration) => tolerates(toleration, taint)) === true;

/** In whole pods and amounts, as `NodeResourcesFit` compares them. */
const fits: Filter = ({ requests }, { room, used, pods }) => {
  const refusals: Refusal[] = [];
  if (pods.size + 1 > (room.pods ?? 0)) refusals.push({ reason: 'Too many pods' });
  for (const name in requests) {
    const asked = requests[name] ?? 0;
    if (asked === 0 || name === 'pods') continue;
    const has = room[name] ?? 0;
    // More than the whole node has is not helped by anybody's leaving.
    if (asked > has) refusals.push({ reason: `Insufficient ${name}`, helpless: true });
    else if ((used[name] ?? 0) + asked > has) refusals.push({ reason: `Insufficient ${name}` });
  }
  return refusals.length > 0 ? refusals : undefined;
};

const one = (refusal: Refusal | undefined) => refusal && [refusal];

/** The filters in the order of the default profile (`pkg/scheduler/framework/plugins`); the first that refuses counts. */
export const FILTERS: readonly Filter[] = [
  ({ pod }, { node }) => {
    const only = affineNode(pod);
    return only === undefined || only === node.metadata.name
      ? undefined
      : [{ reason: "node(s) didn't satisfy plugin(s) [NodeAffinity]", helpless: true }];
  },
  ({ pod }, { node }) =>
    node.spec?.unschedulable && !isTolerated(pod, UNSCHEDULABLE)
      ? [{ reason: 'node(s) were unschedulable', helpless: true }]
      : undefined,
  ({ pod }, { node }) => {
    const taint = node.spec?.taints?.find((taint) => taint.effect !== 'PreferNoSchedule' && !isTolerated(pod, taint));
    return taint && [{ reason: `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`, helpless: true }];
  },
  ({ pod }, { node }) =>
    matchesNode(pod.spec, node)
      ? undefined
      : [{ reason: "node(s) didn't match Pod's node affinity/selector", helpless: true }],
  ({ ports: wanted }, { ports }) =>
    wanted.some((port) => ports.has(port))
      ? [{ reason: "node(s) didn't have free ports for the requested pod ports" }]
      : undefined,
  fits,
  ({ claims }, { node }) => one(refuseByClaims(claims, node)),
  ({ spreading }, { node }) => one(refuseBySpread(spreading, node)),
  ({ inter }, { node }) => one(refuseByPods(inter, node)),
];

/** Why a pod may not go to a node: the reasons of the first filter that refuses. */
export function refuse(candidate: Candidate, info: NodeInfo): readonly Refusal[] | undefined {
  for (const filter of FILTERS) {
    const refusals = filter(candidate, info);
    if (refusals) return refusals;
  }
  return undefined;
}
