import type { Words } from '@portolan/shared';
import { controlPlaneManifests } from '../control-plane/manifests.ts';
import { type Expectation, firstTime, printed, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep } from '../step.ts';
import { podNetworkCluster } from './cluster.ts';

const manifests = { ...controlPlaneManifests, ...manifestsBeside(import.meta.url) };

const { nodes } = podNetworkCluster;

/** Every node has the range that its facts say. */
const ranges: Expectation = seen(
  { en: 'Each node has its own range of pod addresses', 'zh-CN': '每个节点都有自己的 Pod 地址段' },
  5,
  ({ store }) => {
    const wrong = nodes.find(({ name, podCIDR }) => store.get('nodes', { name })?.spec?.podCIDR !== podCIDR);
    return wrong && `${wrong.name} does not have ${wrong.podCIDR}`;
  },
);

const runs = (name: string, node: string, address: string, within: number): Expectation[] => [
  printed('Pod', name, { READY: '1/1', STATUS: 'Running' }, within),
  firstTime(printed('Pod', name, { IP: address, NODE: node }, within)),
  seen(
    { en: `The address of ${name} is of its node’s range`, 'zh-CN': `${name} 的地址属于所在节点的地址段` },
    within,
    (view) => {
      const { IP = '', NODE } = view.row('Pod', name) ?? {};
      const range = nodes.find((node) => node.name === NODE)?.podCIDR.replace(/0\/24$/, '');
      return range !== undefined && IP.startsWith(range) ? undefined : `it is ${IP} on ${NODE}`;
    },
  ),
];

const run = (name: string, title: Words, says: Words, expects: readonly Expectation[]): Step =>
  createStep(manifests, [`${name}-pod.yaml`], { id: `run-${name}`, title, says, expects });

const steps: readonly Step[] = [
  run(
    'nginx',
    { en: 'Run nginx as a bare pod', 'zh-CN': '以裸 Pod 运行 nginx' },
    {
      en: 'A pod that nobody owns: it gets the first free address of its node’s range.',
      'zh-CN': '一个没有所有者的 Pod：它得到所在节点地址段中第一个空闲地址。',
    },
    runs('nginx', 'node3', '10.244.5.2', 40),
  ),
  run(
    'tomcat',
    { en: 'Run tomcat as a bare pod', 'zh-CN': '以裸 Pod 运行 tomcat' },
    {
      en: 'Another, on another node: its address comes from another range, and they reach each other all the same.',
      'zh-CN': '再来一个，在另一个节点上：地址来自另一个地址段，两者照样互通。',
    },
    runs('tomcat', 'node2', '10.244.4.2', 60),
  ),
  deleteStep(manifests, ['nginx-pod.yaml', 'tomcat-pod.yaml'], {
    id: 'delete',
    title: { en: 'Delete both pods', 'zh-CN': '删除两个 Pod' },
    says: {
      en: 'Nobody owns them, so nothing starts them again; their addresses are free.',
      'zh-CN': '它们没有所有者，因此不会再被启动；地址也被释放。',
    },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** Six nodes, the range of pod addresses of each, and two pods without an owner. */
export const podNetwork: ScenarioScript = {
  name: 'pod-network',
  title: { en: 'Pod network', 'zh-CN': 'Pod 网络' },
  about: {
    en: 'Three masters and three nodes joined by flannel: where the addresses of pods come from.',
    'zh-CN': '三个主节点和三个工作节点由 flannel 相连：Pod 的地址从何而来。',
  },
  cluster: podNetworkCluster,
  manifests,
  begins: [{ do: 'create', manifest: 'kube-flannel.yaml' }],
  expects: [
    ranges,
    rows({ en: 'Three masters', 'zh-CN': '三个主节点' }, 'Node', 3, { STATUS: 'Ready', ROLES: 'master' }, 5),
    rows({ en: 'Three nodes', 'zh-CN': '三个工作节点' }, 'Node', 3, { STATUS: 'Ready', ROLES: '<none>' }, 5),
    printed(
      'DaemonSet',
      'kube-flannel-ds',
      { DESIRED: '6', CURRENT: '6', READY: '6', AVAILABLE: '6' },
      40,
      'kube-system',
    ),
    ...nodes.map(({ name, address }) =>
      rows(
        { en: `flannel on ${name} uses the node’s own address`, 'zh-CN': `${name} 上的 flannel 使用节点自身的地址` },
        'Pod',
        1,
        { NAME: /^kube-flannel-ds-/, STATUS: 'Running', NODE: name, IP: address },
        40,
        'kube-system',
      ),
    ),
  ],
  steps,
};
