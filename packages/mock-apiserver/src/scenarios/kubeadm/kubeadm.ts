import { controlPlaneManifests, staticPods } from '../control-plane/manifests.ts';
import { conditionOf, type Expectation, gone, happened, lasting, printed, rolledOut, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { kubeadmCluster } from './cluster.ts';

const manifests = { ...controlPlaneManifests, ...manifestsBeside(import.meta.url) };

const SYSTEM = 'kube-system';
const MASTER = 'master';
const WORKER = 'node1';
const TAINT = 'node-role.kubernetes.io/master';

const hasTaint = ({ store }: View) =>
  store.get('nodes', { name: MASTER })?.spec?.taints?.some(({ key }) => key === TAINT) === true;
const isThere = (view: View, name: string) => view.row('Node', name) !== undefined;
const hasNetwork = (view: View) => view.row('DaemonSet', 'kube-flannel-ds', SYSTEM) !== undefined;
const web = ({ store }: View) => store.get('deployments.apps', { namespace: 'default', name: 'web' });

/** The scheduler's words for a master that takes nothing, or a node whose network is not ready. */
const untolerated = (taint: string) =>
  new RegExp(`^0/1 nodes are available: 1 node\\(s\\) had (untolerated )?taint \\{${taint}`);

const pods = (
  app: string,
  count: number,
  cells: Readonly<Record<string, string>>,
  within: number,
  namespace: string,
): Expectation => {
  const status = cells.STATUS ?? '';
  return rows(
    { en: `${count} pods of ${app}: ${status}`, 'zh-CN': `${app} 的 ${count} 个 Pod：${status}` },
    'Pod',
    count,
    { NAME: new RegExp(`^${app}-`), ...cells },
    within,
    namespace,
  );
};

const RUNS = { READY: '1/1', STATUS: 'Running' };
const WAITS = { READY: '0/1', STATUS: 'Pending', NODE: '<none>' };

const steps: readonly Step[] = [
  createStep(manifests, ['kube-flannel.yaml'], {
    id: 'network',
    title: { en: 'Install the network plug-in', 'zh-CN': '安装网络插件' },
    says: {
      en: 'flannel starts on the node itself, the node becomes ready, and DNS, which waited for it, is scheduled.',
      'zh-CN': 'flannel 直接在节点上启动，节点变为就绪，一直等待的 DNS 得到调度。',
    },
    expects: [
      printed('Node', MASTER, { STATUS: 'Ready' }, 60),
      conditionOf('Node', MASTER, 'Ready', { status: 'True', reason: 'KubeletReady' }, 60),
      pods('coredns', 2, { ...RUNS, NODE: MASTER }, 120, SYSTEM),
      rows(
        { en: 'Their addresses are of the node’s range', 'zh-CN': '它们的地址属于该节点的地址段' },
        'Pod',
        2,
        { NAME: /^coredns-/, IP: /^10\.240\.0\.\d+$/ },
        120,
        SYSTEM,
      ),
    ],
  }),
  createStep(manifests, ['web.yaml'], {
    id: 'deploy',
    title: { en: 'Deploy something', 'zh-CN': '部署应用' },
    says: {
      en: 'Nobody takes it: the only node is a master, and says so by a taint.',
      'zh-CN': '没有节点接受它：唯一的节点是主节点，并用污点表明了这一点。',
    },
    enabled: (view) => hasNetwork(view) && web(view) === undefined,
    expects: [
      lasting(5, pods('web', 2, WAITS, 20, 'default')),
      happened('FailedScheduling', { kind: 'Pod', name: /^web-/, message: untolerated(TAINT) }, 20),
    ],
  }),
  repeatedStep({
    id: 'untaint',
    title: { en: 'Take the master’s taint away', 'zh-CN': '去掉主节点的污点' },
    says: {
      en: 'kubectl taint nodes --all node-role.kubernetes.io/master- : the master works like any other node.',
      'zh-CN': 'kubectl taint nodes --all node-role.kubernetes.io/master-：主节点像普通节点一样工作。',
    },
    actions: [{ do: 'untaint', node: MASTER, key: TAINT }],
    enabled: hasTaint,
    done: (view) => !hasTaint(view),
    expects: [
      seen({ en: 'The master has no taint', 'zh-CN': '主节点没有污点' }, 1, (view) =>
        hasTaint(view) ? 'it has' : undefined,
      ),
      rolledOut('web', 2, 60),
      pods('web', 2, { ...RUNS, NODE: MASTER }, 60, 'default'),
    ],
  }),
  repeatedStep({
    id: 'join',
    title: { en: 'A node joins', 'zh-CN': '一个节点加入' },
    says: {
      en: 'kubeadm join on another machine: it is not ready until flannel runs there, then there are two.',
      'zh-CN': '在另一台机器上执行 kubeadm join：flannel 在其上运行后就绪，于是有了两个节点。',
    },
    actions: [{ do: 'joinNode', node: WORKER }],
    enabled: (view) => hasNetwork(view) && !isThere(view, WORKER),
    expects: [
      rows(
        { en: 'Two nodes are ready', 'zh-CN': '两个节点就绪' },
        'Node',
        2,
        { STATUS: 'Ready', VERSION: 'v1.18.2' },
        90,
      ),
      printed('Node', MASTER, { ROLES: 'master' }, 5),
      printed('Node', WORKER, { ROLES: '<none>' }, 90),
      rows(
        { en: 'flannel and kube-proxy run there, too', 'zh-CN': 'flannel 和 kube-proxy 也在其上运行' },
        'Pod',
        2,
        { NODE: WORKER, ...RUNS },
        90,
        SYSTEM,
      ),
    ],
  }),
  repeatedStep({
    id: 'spread',
    title: { en: 'Scale to 6', 'zh-CN': '扩容到 6 个' },
    says: {
      en: 'What starts now goes to the emptier node first: both nodes carry three.',
      'zh-CN': '新启动的优先去较空的节点：两个节点各承担三个。',
    },
    actions: [{ do: 'scale', kind: 'Deployment', name: 'web', replicas: 6 }],
    enabled: (view) => isThere(view, WORKER) && web(view) !== undefined && web(view)?.spec.replicas !== 6,
    done: (view) => web(view)?.spec.replicas === 6,
    expects: [rolledOut('web', 6, 60), pods('web', 3, { ...RUNS, NODE: WORKER }, 60, 'default')],
  }),
  repeatedStep({
    id: 'reset',
    title: { en: 'Back to the beginning', 'zh-CN': '回到起点' },
    says: {
      en: 'The deployment is deleted, the node leaves, and the master has its taint again.',
      'zh-CN': '删除部署，节点离开，主节点重新带上污点。',
    },
    actions: [
      { do: 'delete', manifest: 'web.yaml' },
      { do: 'deleteObject', kind: 'Node', name: WORKER },
      { do: 'taint', node: MASTER, taint: { key: TAINT, effect: 'NoSchedule' } },
    ],
    enabled: (view) => web(view) !== undefined || isThere(view, WORKER) || !hasTaint(view),
    expects: [
      gone('Node', WORKER, 5),
      rows({ en: 'No pods of it are left', 'zh-CN': '没有留下它的 Pod' }, 'Pod', 0, {}, 120, 'default'),
      printed('Node', MASTER, { STATUS: 'Ready' }, 5),
    ],
  }),
];

/** What `kubeadm init` leaves to be done. */
export const kubeadm: ScenarioScript = {
  name: 'kubeadm',
  title: { en: 'A cluster made with kubeadm', 'zh-CN': '用 kubeadm 搭建集群' },
  about: {
    en: 'One master as kubeadm init leaves it: why DNS waits, what the network plug-in does, and how a node joins.',
    'zh-CN': 'kubeadm init 之后的一个主节点：DNS 为何等待，网络插件做什么，节点如何加入。',
  },
  namespace: SYSTEM,
  cluster: kubeadmCluster,
  manifests,
  begins: [
    ...staticPods(MASTER),
    { do: 'create', manifest: 'kube-proxy.yaml' },
    { do: 'create', manifest: 'coredns.yaml' },
  ],
  expects: [
    printed('Node', MASTER, { STATUS: 'NotReady', ROLES: 'master', VERSION: 'v1.18.2' }, 20),
    conditionOf(
      'Node',
      MASTER,
      'Ready',
      {
        status: 'False',
        reason: 'KubeletNotReady',
        message:
          /^runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized$/,
      },
      20,
    ),
    ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) =>
      printed('Pod', `${name}-${MASTER}`, { ...RUNS, NODE: MASTER }, 60, SYSTEM),
    ),
    pods('kube-proxy', 1, { ...RUNS, NODE: MASTER }, 60, SYSTEM),
    pods('coredns', 2, WAITS, 60, SYSTEM),
    happened(
      'FailedScheduling',
      { kind: 'Pod', name: /^coredns-/, message: untolerated('node.kubernetes.io/not-ready') },
      60,
    ),
  ],
  steps,
};
