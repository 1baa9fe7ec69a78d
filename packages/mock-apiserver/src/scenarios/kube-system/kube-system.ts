import type { Pod } from '@portolan/shared';
import { controlPlaneManifests, staticPods } from '../control-plane/manifests.ts';
import { type Expectation, printed, rows, seen } from '../expect.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { kubeSystemCluster } from './cluster.ts';

interface DaemonEndpoints {
  kubeletEndpoint?: { Port?: number };
}

const NAMESPACE = 'kube-system';
const MASTER = 'master';

const running = (name: string, address: string, within: number): Expectation =>
  printed(
    'Pod',
    name,
    { READY: '1/1', STATUS: 'Running', RESTARTS: '0', IP: address, NODE: MASTER },
    within,
    NAMESPACE,
  );

const podOf = ({ store }: View, pattern: RegExp): Pod | undefined =>
  store.list('pods', NAMESPACE).find(({ metadata }) => pattern.test(metadata.name));

/** A pod of the host's network that opens these ports. */
const opens = (pattern: RegExp, ports: readonly number[], within: number): Expectation => {
  const told = ports.join(', ');
  return seen(
    {
      en: `${pattern.source.replace(/[\^$]/g, '')} opens ${told} on its node`,
      'zh-CN': `${pattern.source.replace(/[\^$]/g, '')} 在节点上开放 ${told}`,
    },
    within,
    (view) => {
      const pod = podOf(view, pattern);
      const open = pod?.spec.containers
        .flatMap((container) => container.ports ?? [])
        .map(({ containerPort }) => containerPort);
      if (!pod?.spec.hostNetwork) return 'it does not use the network of its node';
      return open?.join(', ') === told ? undefined : `it opens ${open?.join(', ')}`;
    },
  );
};

/** A mirror pod belongs to its node, and says that it is one. */
const belongsToNode = (name: string, within: number): Expectation =>
  seen({ en: `${name} belongs to its node`, 'zh-CN': `${name} 归所在节点所有` }, within, ({ store }) => {
    const metadata = store.get('pods', { namespace: NAMESPACE, name })?.metadata;
    const owner = metadata?.ownerReferences?.[0];
    const node = store.get('nodes', { name: MASTER });
    if (owner?.kind !== 'Node' || owner.uid !== node?.metadata.uid) return `its owner is ${owner?.kind} ${owner?.name}`;
    return metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined ? 'it is no mirror' : undefined;
  });

const each = (app: string, count: number, within: number): Expectation =>
  rows(
    { en: `${count} pods of ${app} run`, 'zh-CN': `${app} 有 ${count} 个 Pod 在运行` },
    'Pod',
    count,
    { NAME: new RegExp(`^${app}-`), READY: '1/1', STATUS: 'Running' },
    within,
    NAMESPACE,
  );

const STATIC = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(
  (name) => `${name}-${MASTER}`,
);

const system = (within: number): Expectation[] => [
  each('coredns', 2, within),
  each('kube-flannel-ds', 2, within),
  each('kube-proxy', 2, within),
  ...STATIC.map((name) => running(name, '192.168.10.11', within)),
  ...STATIC.map((name) => belongsToNode(name, within)),
  opens(/^kube-apiserver-master$/, [6443], within),
  opens(/^etcd-master$/, [2379, 2380], within),
  opens(/^kube-controller-manager-master$/, [10252, 10257], within),
  opens(/^kube-scheduler-master$/, [10251, 10259], within),
  opens(/^kube-proxy-/, [10256], within),
  seen({ en: 'Each kubelet listens on 10250', 'zh-CN': '每个 kubelet 监听 10250' }, 5, ({ store }) => {
    const other = store
      .list('nodes')
      .find(({ status }) => (status?.daemonEndpoints as DaemonEndpoints | undefined)?.kubeletEndpoint?.Port !== 10250);
    return other && `${other.metadata.name} does not`;
  }),
  printed(
    'Service',
    'kube-dns',
    { 'CLUSTER-IP': '10.96.0.10', 'PORT(S)': '53/UDP,53/TCP,9153/TCP' },
    within,
    NAMESPACE,
  ),
];

const steps: readonly Step[] = [
  repeatedStep({
    id: 'kill-dns',
    title: { en: 'Delete a DNS pod', 'zh-CN': '删除一个 DNS Pod' },
    says: {
      en: 'It belongs to a ReplicaSet: another takes its place, names are resolved meanwhile by the second.',
      'zh-CN': '它归 ReplicaSet 所有：另一个补上，期间由第二个负责解析名字。',
    },
    actions: [{ do: 'killPod', labels: 'k8s-app=kube-dns', namespace: NAMESPACE }],
    enabled: ({ store }) =>
      (store.get('deployments.apps', { namespace: NAMESPACE, name: 'coredns' })?.status?.availableReplicas ?? 0) === 2,
    expects: [
      each('coredns', 2, 60),
      rows({ en: 'There are two', 'zh-CN': '总共两个' }, 'Pod', 2, { NAME: /^coredns-/ }, 60, NAMESPACE),
    ],
  }),
  repeatedStep({
    id: 'restart-proxy',
    title: { en: 'Restart kube-proxy everywhere', 'zh-CN': '在所有节点重启 kube-proxy' },
    says: {
      en: 'A DaemonSet is rolled node by node; the static pods of the master are not touched by anyone but its kubelet.',
      'zh-CN': 'DaemonSet 逐个节点更新；主节点的静态 Pod 只有它的 kubelet 才会动。',
    },
    actions: [{ do: 'restart', kind: 'DaemonSet', name: 'kube-proxy', namespace: NAMESPACE }],
    enabled: ({ store }) =>
      store.get('daemonsets.apps', { namespace: NAMESPACE, name: 'kube-proxy' })?.status?.numberReady === 2,
    expects: [
      printed(
        'DaemonSet',
        'kube-proxy',
        { DESIRED: '2', READY: '2', 'UP-TO-DATE': '2', AVAILABLE: '2' },
        90,
        NAMESPACE,
      ),
      seen({ en: 'Its generation has been followed', 'zh-CN': '新的一代已生效' }, 90, ({ store }) => {
        const set = store.get('daemonsets.apps', { namespace: NAMESPACE, name: 'kube-proxy' });
        return set?.status?.observedGeneration === set?.metadata.generation ? undefined : 'not yet';
      }),
      ...STATIC.map((name) => running(name, '192.168.10.11', 90)),
    ],
  }),
];

/** What runs in a cluster before anybody runs anything. */
export const kubeSystem: ScenarioScript = {
  name: 'kube-system',
  title: { en: 'The cluster’s own pods', 'zh-CN': '集群自身的 Pod' },
  about: {
    en: 'A master and a worker: DNS, network, proxy, and the static pods that are the control plane.',
    'zh-CN': '一个主节点和一个工作节点：DNS、网络、代理，以及构成控制平面的静态 Pod。',
  },
  namespace: NAMESPACE,
  cluster: kubeSystemCluster,
  manifests: controlPlaneManifests,
  begins: [
    ...staticPods(MASTER),
    { do: 'create', manifest: 'kube-proxy.yaml' },
    { do: 'create', manifest: 'kube-flannel.yaml' },
    { do: 'create', manifest: 'coredns.yaml' },
  ],
  expects: [
    printed('Node', MASTER, { STATUS: 'Ready', ROLES: 'master', VERSION: 'v1.18.2' }, 5),
    printed('Node', 'worker', { STATUS: 'Ready', ROLES: '<none>', VERSION: 'v1.18.2' }, 5),
    ...system(60),
  ],
  steps,
};
