import { conditionOf, endpoints, gone, happened, notBefore, onTheWay, printed, rolledOut, rows } from '../expect.ts';
import type { Step } from '../scenario.ts';
import { repeatedStep } from '../step.ts';
import { allAvailable, isEmpty, nodeIsReady, run, whileThree } from './shown.ts';
import { frontend, hasMaster, isCordoned, isReadyNode, isRunningFrontend, isStopped } from './state.ts';

/** What befalls the guestbook's pods and nodes. */
export const mishaps: readonly Step[] = [
  repeatedStep({
    id: 'kill-pod',
    title: { en: 'Kill a pod', 'zh-CN': '删除一个 Pod' },
    says: {
      en: 'One web server is deleted: its ReplicaSet puts another in its place at once.',
      'zh-CN': '删除一个 Web 服务器：它的 ReplicaSet 立即补上一个。',
    },
    actions: [{ do: 'killPod', labels: 'app=guestbook,tier=frontend' }],
    enabled: ({ store }) => store.list('pods', 'default').some(isRunningFrontend),
    expects: [
      onTheWay(
        rows(
          { en: 'One is ending while its successor begins', 'zh-CN': '一个正在结束，接替者已经开始' },
          'Pod',
          1,
          { NAME: /^frontend-/, STATUS: 'Terminating' },
          5,
          'default',
        ),
      ),
      whileThree(run({ en: 'Three frontends are ready again', 'zh-CN': '三个前端又都就绪' }, 'frontend', 3, 60)),
      rolledOut('frontend', 'asWished', 60),
    ],
  }),
  repeatedStep({
    id: 'node2-down',
    title: { en: 'node2 loses its power', 'zh-CN': 'node2 断电' },
    says: {
      en: 'node2 falls silent: 40 s until it is not ready, 5 min more until its pods are given up. Redis moves to node1.',
      'zh-CN': 'node2 失联：40 秒后变为未就绪，再过 5 分钟放弃它上面的 Pod。Redis 迁到 node1。',
    },
    actions: [{ do: 'stopNode', node: 'node2' }],
    enabled: (view) =>
      hasMaster(view) && isReadyNode(view, 'node2') && !isStopped(view, 'node2') && !isCordoned(view, 'node1'),
    done: (view) => isStopped(view, 'node2'),
    expects: [
      onTheWay(notBefore(29, printed('Node', 'node2', { STATUS: 'NotReady' }, 60))),
      conditionOf(
        'Node',
        'node2',
        'Ready',
        { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' },
        60,
      ),
      happened('NodeNotReady', { kind: 'Node', name: 'node2', message: 'Node node2 status is now: NodeNotReady' }, 60),
      happened('NodeNotReady', { kind: 'Pod', name: /^redis-master-/, message: 'Node is not ready' }, 60),
      onTheWay(notBefore(29, endpoints('redis-master', 0, 1, 60))),
      happened(
        'TaintManagerEviction',
        { kind: 'Pod', name: /^redis-master-/, message: /^Marking for deletion Pod default\/redis-master-/ },
        360,
      ),
      notBefore(
        320,
        run(
          { en: 'redis-master runs on node1', 'zh-CN': 'redis-master 运行在 node1 上' },
          'redis-master',
          1,
          380,
          'node1',
        ),
      ),
      endpoints('redis-master', 1, 0, 380),
      rows(
        {
          en: 'The old one is ending for as long as node2 is away',
          'zh-CN': '只要 node2 不回来，旧的就一直处于结束中',
        },
        'Pod',
        1,
        { NAME: /^redis-master-/, STATUS: 'Terminating', NODE: 'node2' },
        380,
        'default',
      ),
    ],
  }),
  repeatedStep({
    id: 'node2-back',
    title: { en: 'node2 comes back', 'zh-CN': 'node2 恢复' },
    says: {
      en: 'Its power is back: node2 ends what was given up and takes pods again. Those that moved stay where they are.',
      'zh-CN': '恢复供电：node2 结束被放弃的 Pod，并重新接受 Pod。已迁走的留在原处。',
    },
    actions: [{ do: 'startNode', node: 'node2' }],
    enabled: (view) => isStopped(view, 'node2'),
    expects: [
      nodeIsReady('node2', 40),
      conditionOf('Node', 'node2', 'Ready', { status: 'True', reason: 'KubeletReady' }, 40),
      rows(
        { en: 'Nothing is ending any more', 'zh-CN': '不再有 Pod 处于结束中' },
        'Pod',
        0,
        { STATUS: 'Terminating' },
        60,
        'default',
      ),
    ],
  }),
  repeatedStep({
    id: 'drain-node1',
    title: { en: 'Drain node1', 'zh-CN': '排空 node1' },
    says: {
      en: 'node1 is to be serviced: it takes nothing new, its pods are evicted and start again on node2.',
      'zh-CN': 'node1 需要维护：不再接受新的 Pod，已有的被驱逐，在 node2 上重新启动。',
    },
    actions: [{ do: 'drain', node: 'node1' }],
    enabled: (view) => isReadyNode(view, 'node2') && !isCordoned(view, 'node1') && frontend(view) !== undefined,
    done: (view) => isCordoned(view, 'node1'),
    expects: [
      printed('Node', 'node1', { STATUS: 'Ready,SchedulingDisabled' }, 5),
      isEmpty('node1', 40),
      ...allAvailable(60),
    ],
  }),
  repeatedStep({
    id: 'uncordon-node1',
    title: { en: 'Uncordon node1', 'zh-CN': '恢复 node1 的调度' },
    says: {
      en: 'node1 takes pods again. Nothing moves by itself: only what starts from now on may go there.',
      'zh-CN': 'node1 重新接受 Pod。没有什么会自行迁回：只有今后启动的才可能去那里。',
    },
    actions: [{ do: 'uncordon', node: 'node1' }],
    enabled: (view) => isCordoned(view, 'node1'),
    expects: [nodeIsReady('node1', 5), isEmpty('node1', 5)],
  }),
];

/** Everything that the guestbook's manifests made is gone. */
export const nothingLeft = (within: number) => [
  rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, within, 'default'),
  rows({ en: 'No revisions are left', 'zh-CN': '没有留下任何版本' }, 'ReplicaSet', 0, {}, within, 'default'),
  ...['redis-master', 'redis-slave', 'frontend'].map((name) => gone('Service', name, within)),
];
