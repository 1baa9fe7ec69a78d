import type { Event } from '@portolan/shared';
import {
  conditionOf,
  type Expectation,
  endpoints,
  happened,
  lasting,
  notBefore,
  onTheWay,
  printed,
  rolledOut,
  rows,
  seen,
} from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { nodeNotReadyCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);

const NODE = 'node2';
const REPLICAS = 6;
/** The pods that the scheduler put on each of the three nodes. */
const A_NODE = 2;

const FAULTY = { graceSeconds: 10, evictionSeconds: 10, heartbeatSeconds: 10 };
const DEFAULTS = { graceSeconds: 40, evictionSeconds: 300, heartbeatSeconds: 10 };

const nodeEvents = ({ store }: View, reason: string): Event[] =>
  store.list('events', 'default').filter((event) => event.involvedObject.kind === 'Node' && event.reason === reason);

const times = (events: readonly Event[]) => events.reduce((sum, event) => sum + (event.count ?? 1), 0);

const isReady = ({ store }: View, name: string): boolean =>
  store
    .get('nodes', { name })
    ?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;

const allReady: Expectation = rows(
  { en: 'All six nodes are ready', 'zh-CN': '六个节点全部就绪' },
  'Node',
  6,
  { STATUS: 'Ready', VERSION: 'v1.11.1' },
  40,
);

const taint = (effect: 'NoSchedule' | 'NoExecute', within: number): Expectation =>
  seen(
    { en: `${NODE} is tainted unreachable:${effect}`, 'zh-CN': `${NODE} 被打上污点 unreachable:${effect}` },
    within,
    ({ store }) => {
      const taints = store.get('nodes', { name: NODE })?.spec?.taints ?? [];
      const found = taints.some((one) => one.key === 'node.kubernetes.io/unreachable' && one.effect === effect);
      return found ? undefined : `its taints are ${taints.map((one) => `${one.key}:${one.effect}`).join(', ')}`;
    },
  );

const onNode = (status: string, count: number, within: number, says: Expectation['says']): Expectation =>
  rows(says, 'Pod', count, { NAME: /^web-/, STATUS: status, NODE }, within, 'default');

/** Every node carries the same. */
const spread = (within: number): Expectation[] =>
  [1, 2, 3].map((number) =>
    rows(
      { en: `Two run on node${number}`, 'zh-CN': `node${number} 上运行两个` },
      'Pod',
      A_NODE,
      { NAME: /^web-/, READY: '1/1', STATUS: 'Running', NODE: `node${number}` },
      within,
      'default',
    ),
  );

const steps: readonly Step[] = [
  repeatedStep({
    id: 'faulty',
    title: { en: 'Set the timings too tight', 'zh-CN': '把时限设得太紧' },
    says: {
      en: 'Nodes report every 10 s, and are given up after 10 s: a report that is a moment late makes a node not ready.',
      'zh-CN': '节点每 10 秒上报一次，10 秒没有消息就算失联：稍晚一点，节点就变为未就绪。',
    },
    actions: [{ do: 'setTimings', timings: FAULTY }],
    enabled: (view) => isReady(view, NODE),
    expects: [
      seen({ en: 'Nodes flap: not ready, and ready again', 'zh-CN': '节点抖动：未就绪，又恢复就绪' }, 600, (view) => {
        const down = times(nodeEvents(view, 'NodeNotReady'));
        const up = times(nodeEvents(view, 'NodeReady'));
        return down >= 3 && up >= 2 ? undefined : `${down} times not ready, ${up} times ready again`;
      }),
    ],
  }),
  repeatedStep({
    id: 'defaults',
    title: { en: 'Set the timings to the defaults', 'zh-CN': '恢复默认时限' },
    says: {
      en: 'Reports every 10 s, 40 s of grace, 300 s until pods are given up: four reports may be lost, and nothing flaps.',
      'zh-CN': '每 10 秒上报，宽限 40 秒，300 秒后才放弃 Pod：丢失几次上报也不会抖动。',
    },
    actions: [{ do: 'setTimings', timings: DEFAULTS }],
    enabled: () => true,
    expects: [lasting(120, allReady), rolledOut('web', REPLICAS, 90)],
  }),
  repeatedStep({
    id: 'stop',
    title: { en: 'Stop the kubelet of node2', 'zh-CN': '停止 node2 的 kubelet' },
    says: {
      en: 'At 40 s node2 is unknown and its pods leave the service; 300 s later they are given up and start elsewhere.',
      'zh-CN': '40 秒后 node2 状态未知，它的 Pod 离开服务；再过 300 秒被放弃，在别处重新启动。',
    },
    actions: [{ do: 'stopNode', node: NODE }],
    enabled: (view) => isReady(view, NODE),
    done: (view) => !isReady(view, NODE),
    expects: [
      onTheWay(notBefore(29, printed('Node', NODE, { STATUS: 'NotReady' }, 60))),
      conditionOf(
        'Node',
        NODE,
        'Ready',
        { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' },
        60,
      ),
      happened('NodeNotReady', { kind: 'Node', name: NODE, message: `Node ${NODE} status is now: NodeNotReady` }, 60),
      onTheWay(taint('NoSchedule', 60)),
      taint('NoExecute', 60),
      onTheWay(
        onNode('Running', A_NODE, 60, {
          en: 'Its pods still say that they run',
          'zh-CN': '它的 Pod 仍显示运行中',
        }),
      ),
      onTheWay(endpoints('web', REPLICAS - A_NODE, A_NODE, 60)),
      happened(
        'TaintManagerEviction',
        { kind: 'Pod', name: /^web-/, message: /^Marking for deletion Pod default\/web-/ },
        400,
      ),
      notBefore(
        320,
        onNode('Terminating', A_NODE, 400, {
          en: 'They are ending for as long as their node is away',
          'zh-CN': '只要节点不回来，它们就一直处于结束中',
        }),
      ),
      rolledOut('web', REPLICAS, 400),
      endpoints('web', REPLICAS, 0, 400),
      rows(
        { en: 'Six run on the other nodes', 'zh-CN': '六个运行在其他节点上' },
        'Pod',
        REPLICAS,
        { NAME: /^web-/, READY: '1/1', STATUS: 'Running', NODE: /^node[13]$/ },
        400,
        'default',
      ),
    ],
  }),
  repeatedStep({
    id: 'start',
    title: { en: 'Start it again', 'zh-CN': '重新启动它' },
    says: {
      en: 'node2 hears what was decided while it was away: it ends the old pods, and its taints go.',
      'zh-CN': 'node2 得知离线期间的决定：结束旧的 Pod，污点随之消失。',
    },
    actions: [{ do: 'startNode', node: NODE }],
    enabled: (view) => !isReady(view, NODE),
    expects: [
      allReady,
      conditionOf('Node', NODE, 'Ready', { status: 'True', reason: 'KubeletReady' }, 40),
      onNode('Terminating', 0, 60, { en: 'Nothing is ending any more', 'zh-CN': '不再有 Pod 处于结束中' }),
      seen({ en: 'node2 has no taints', 'zh-CN': 'node2 没有污点' }, 60, ({ store }) =>
        (store.get('nodes', { name: NODE })?.spec?.taints ?? []).length === 0 ? undefined : 'it has',
      ),
    ],
  }),
  repeatedStep({
    id: 'spread',
    title: { en: 'Spread the pods again', 'zh-CN': '重新分布 Pod' },
    says: {
      en: 'Nothing moves back by itself: a restart of the deployment puts two pods on each node again.',
      'zh-CN': '没有什么会自行迁回：重启部署后，每个节点上又各有两个 Pod。',
    },
    actions: [{ do: 'restart', kind: 'Deployment', name: 'web' }],
    enabled: (view) => isReady(view, NODE),
    expects: [rolledOut('web', REPLICAS, 120), ...spread(120)],
  }),
];

/** What becomes of a node that falls silent, and of its pods. */
export const nodeNotReady: ScenarioScript = {
  name: 'node-not-ready',
  title: { en: 'A node is not ready', 'zh-CN': '节点未就绪' },
  about: {
    en: 'How long until a silent node is noticed, and until its pods are given up; and what timings do that are too tight.',
    'zh-CN': '失联的节点多久被发现，它的 Pod 多久被放弃；以及时限太紧会怎样。',
  },
  cluster: nodeNotReadyCluster,
  manifests,
  begins: [{ do: 'create', manifest: 'web.yaml' }],
  expects: [{ ...allReady, within: 5 }, rolledOut('web', REPLICAS, 60), ...spread(60)],
  steps,
};
