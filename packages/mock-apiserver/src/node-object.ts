import { createHash } from 'node:crypto';
import type { Condition, Node, Taint } from '@portolan/shared';
import { KUBELET_ANNOTATION } from './controllers/kubelet/kubelet-annotation.ts';
import { CONDITION_ROWS } from './controllers/kubelet/node-conditions.ts';
import type { NodeFacts } from './scenarios/scenario.ts';
import type { NewObject } from './store/store.ts';

/** Whether its kubelet is stopped when the cluster begins: then it has been for long. */
const isLost = ({ annotations }: NodeFacts) => annotations?.[KUBELET_ANNOTATION] === 'stopped';

const UNREACHABLE = 'node.kubernetes.io/unreachable';

function conditionsOf(facts: NodeFacts, now: string): Condition[] {
  return CONDITION_ROWS.map(({ type, well }): Condition => {
    const { status, reason, message } = isLost(facts)
      ? ({ status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' } as const)
      : well;
    return { type, status, lastHeartbeatTime: now, lastTransitionTime: now, reason, message };
  });
}

function taintsOf(facts: NodeFacts, now: string): Taint[] {
  const lost = ['NoSchedule', 'NoExecute'].map((effect) => ({ key: UNREACHABLE, effect, timeAdded: now }));
  return [...structuredClone([...(facts.taints ?? [])]), ...(isLost(facts) ? lost : [])];
}

/** 32 hexadecimal digits, the same for the same node and purpose. */
const digitsOf = (name: string, purpose: string) =>
  createHash('sha256').update(`${name}/${purpose}`).digest('hex').slice(0, 32);

const uuidOf = (name: string, purpose: string) =>
  digitsOf(name, purpose).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** What the ttl and the attach-detach controller and the kubelet write on every node. */
const ANNOTATIONS = {
  'node.alpha.kubernetes.io/ttl': '0',
  'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
};

/** What a kubelet of these facts registers; `now` as the objects' times have it. */
export function nodeObject(facts: NodeFacts, now: string): NewObject<Node> {
  const { name, address, externalAddress, podCIDR, cpu, memory, kubeletVersion = 'v1.32.0' } = facts;
  const resources = { cpu, memory, pods: '110', 'ephemeral-storage': '20Gi' };
  const taints = taintsOf(facts, now);
  const arch = { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' };
  return {
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        ...arch,
        'kubernetes.io/hostname': name,
        ...(facts.zone !== undefined && { 'topology.kubernetes.io/zone': facts.zone }),
        ...Object.fromEntries((facts.roles ?? []).map((role) => [`node-role.kubernetes.io/${role}`, ''])),
        ...facts.labels,
      },
      annotations: { ...ANNOTATIONS, ...facts.annotations },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(taints.length > 0 && { taints }) },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: conditionsOf(facts, now),
      addresses: [
        { type: 'InternalIP', address },
        ...(externalAddress === undefined ? [] : [{ type: 'ExternalIP', address: externalAddress }]),
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: digitsOf(name, 'machine'),
        systemUUID: uuidOf(name, 'system'),
        bootID: uuidOf(name, 'boot'),
        kernelVersion: facts.kernel ?? '6.1.0-28-amd64',
        osImage: facts.osImage ?? 'Debian GNU/Linux 12 (bookworm)',
        containerRuntimeVersion: facts.runtime ?? 'containerd://1.7.24',
        kubeletVersion,
        kubeProxyVersion: kubeletVersion,
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
      images: [],
    },
  };
}

/** A node as its kubelet registers it: it has yet to look at its runtime and its network. */
export function unready(node: NewObject<Node>, now: string): NewObject<Node> {
  const message = 'container runtime status check may not have completed yet';
  const conditions = node.status?.conditions?.map(
    (condition): Condition =>
      condition.type === 'Ready' && condition.status === 'True'
        ? { ...condition, status: 'False', reason: 'KubeletNotReady', message }
        : condition,
  );
  // The admission plugin TaintNodesByCondition does not wait for the controller.
  const taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule', timeAdded: now };
  return {
    ...node,
    spec: { ...node.spec, taints: [...(node.spec?.taints ?? []), taint] },
    status: { ...node.status, ...(conditions && { conditions }) },
  };
}
