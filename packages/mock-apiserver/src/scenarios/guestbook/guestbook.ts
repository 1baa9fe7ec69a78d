import { printed, rolledOut, rows, seen } from '../expect.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { deleteStep, repeatedStep } from '../step.ts';
import { guestbookCluster } from './cluster.ts';
import { creation } from './creation.ts';
import { guestbookManifests } from './manifests.ts';
import { mishaps, nothingLeft } from './mishaps.ts';
import { rollouts } from './rollouts.ts';
import { frontend, replicas } from './state.ts';

const FRONTEND = { kind: 'Deployment', name: 'frontend' } as const;

/** Names the services that a workload uses, where its manifest does not. */
const USES = 'portolan.dev/uses';

const sizes: readonly Step[] = [
  repeatedStep({
    id: 'annotate',
    title: { en: 'Say what the frontend uses', 'zh-CN': '标明 frontend 使用什么' },
    says: {
      en: 'Its manifest names no service. An annotation says it: it writes to the master and reads from the slaves.',
      'zh-CN': '清单里没有提到任何服务。用一条注解说明：它写入主节点，从从节点读取。',
    },
    actions: [
      { do: 'patch', ...FRONTEND, patch: { metadata: { annotations: { [USES]: 'redis-master,redis-slave' } } } },
    ],
    enabled: (view) => frontend(view) !== undefined && frontend(view)?.metadata.annotations?.[USES] === undefined,
    done: (view) => frontend(view)?.metadata.annotations?.[USES] !== undefined,
    expects: [
      seen({ en: 'The frontend says what it uses', 'zh-CN': 'frontend 标明了它使用什么' }, 1, (view) =>
        frontend(view)?.metadata.annotations?.[USES] === 'redis-master,redis-slave' ? undefined : 'it does not',
      ),
      rolledOut('frontend', 'asWished', 30),
    ],
  }),
  repeatedStep({
    id: 'scale-up',
    title: { en: 'Scale frontend to 5', 'zh-CN': '将 frontend 扩容到 5 个' },
    says: {
      en: 'More visitors: two more web servers join the same service.',
      'zh-CN': '访问增多：又有两个 Web 服务器加入同一服务。',
    },
    actions: [{ do: 'scale', ...FRONTEND, replicas: 5 }],
    enabled: (view) => frontend(view) !== undefined && replicas(view) !== 5,
    done: (view) => replicas(view) === 5,
    expects: [rolledOut('frontend', 5, 40)],
  }),
  repeatedStep({
    id: 'scale-down',
    title: { en: 'Scale frontend back to 3', 'zh-CN': '将 frontend 缩容回 3 个' },
    says: {
      en: 'The rush is over: two web servers leave the service and end.',
      'zh-CN': '高峰过去：两个 Web 服务器离开服务并结束。',
    },
    actions: [{ do: 'scale', ...FRONTEND, replicas: 3 }],
    enabled: (view) => (replicas(view) ?? 0) > 3,
    // Three is where it began: only the third wish of its spec can be the way back.
    done: (view) => replicas(view) === 3 && (frontend(view)?.metadata.generation ?? 0) >= 3,
    expects: [rolledOut('frontend', 3, 20)],
  }),
];

const end: Step = deleteStep(guestbookManifests, Object.keys(guestbookManifests), {
  id: 'delete',
  title: { en: 'Delete the guestbook', 'zh-CN': '删除留言簿' },
  says: {
    en: 'Services and deployments go, then what they owned; the nodes are empty again.',
    'zh-CN': '服务和部署被删除，然后是它们拥有的一切；节点重新变空。',
  },
  expects: nothingLeft(60),
});

/** Kubernetes 1.4's guestbook tutorial. */
export const guestbook: ScenarioScript = {
  name: 'guestbook',
  title: { en: 'Guestbook', 'zh-CN': '留言簿' },
  about: {
    en: 'A web page, a Redis master and its slaves on two small nodes: deploy, scale, roll out, undo, and lose a node.',
    'zh-CN': '两个小节点上的网页、一个 Redis 主节点和它的从节点：部署、扩缩、滚动更新、回滚，以及失去一个节点。',
  },
  cluster: guestbookCluster,
  manifests: guestbookManifests,
  expects: [
    printed('Node', 'node1', { STATUS: 'Ready', 'INTERNAL-IP': '192.168.3.53' }, 5),
    printed('Node', 'node2', { STATUS: 'Ready', 'INTERNAL-IP': '192.168.3.54' }, 5),
    printed('Service', 'kubernetes', { TYPE: 'ClusterIP', 'CLUSTER-IP': '10.254.0.1', 'PORT(S)': '443/TCP' }, 1),
    rows({ en: 'Both nodes are empty', 'zh-CN': '两个节点都是空的' }, 'Pod', 0, {}, 1, 'default'),
  ],
  steps: [...creation, ...sizes, ...rollouts, ...mishaps, end],
};
