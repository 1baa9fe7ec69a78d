import type { Condition, Node } from '@portolan/shared';
import type { NodeFacts } from './scenarios/scenario.ts';
import type { NewObject } from './store/store.ts';

const HEALTHY: [type: string, status: 'True' | 'False', reason: string, message: string][] = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
];

/** What a kubelet of these facts registers; `now` as the objects' times have it. */
export function nodeObject(facts: NodeFacts, now: string): NewObject<Node> {
  const { name, address, externalAddress, podCIDR, cpu, memory, kubeletVersion = 'v1.32.0' } = facts;
  const resources = { cpu, memory, pods: '110', 'ephemeral-storage': '20Gi' };
  const conditions = HEALTHY.map(
    ([type, status, reason, message]): Condition => ({
      type,
      status,
      lastHeartbeatTime: now,
      lastTransitionTime: now,
      reason,
      message,
    }),
  );
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
      ...(facts.annotations && { annotations: { ...facts.annotations } }),
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(facts.taints && { taints: structuredClone([...facts.taints]) }) },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions,
      addresses: [
        { type: 'InternalIP', address },
        ...(externalAddress === undefined ? [] : [{ type: 'ExternalIP', address: externalAddress }]),
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: {
        machineID: '',
        systemUUID: '',
        bootID: '',
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
