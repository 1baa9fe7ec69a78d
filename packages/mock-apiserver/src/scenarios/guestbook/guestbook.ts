import { rolledOut, rows } from '../expect.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { guestbookCluster } from './cluster.ts';
import { guestbookManifests } from './manifests.ts';
import { APPS, absent, exists, frontend, hasRevisions, image, isRunningFrontend, replicas } from './state.ts';

const V2 = 'kubeguide/guestbook-php-frontend:v2';
const FRONTEND = { kind: 'Deployment', name: 'frontend' } as const;

const PODS_RUN = { en: 'Three frontends are ready again', 'zh-CN': '三个前端又都就绪' };

const create = (name: string, count: number, title: Step['title'], says: Step['says']): Step => ({
  id: `create-${name}`,
  title,
  says,
  actions: [
    { do: 'create', manifest: `${name}-deployment.yaml` },
    { do: 'create', manifest: `${name}-service.yaml` },
  ],
  enabled: (view) => !exists(name)(view),
  done: exists(name),
  expects: [rolledOut(name, count, 40)],
});

const steps: readonly Step[] = [
  create(
    'redis-master',
    1,
    { en: 'Create redis-master', 'zh-CN': '创建 redis-master' },
    {
      en: 'One Redis master and the service that leads to it: every message of the guestbook is written here.',
      'zh-CN': '一个 Redis 主节点和指向它的服务：留言簿的每条留言都写在这里。',
    },
  ),
  create(
    'redis-slave',
    2,
    { en: 'Create redis-slave', 'zh-CN': '创建 redis-slave' },
    {
      en: 'Two Redis slaves copy the master, one on each node, behind one service.',
      'zh-CN': '两个 Redis 从节点复制主节点，每个节点一个，由同一个服务访问。',
    },
  ),
  create(
    'frontend',
    3,
    { en: 'Create frontend', 'zh-CN': '创建 frontend' },
    {
      en: 'Three web servers behind a service that is open on port 30001 of every node.',
      'zh-CN': '三个 Web 服务器，由一个在每个节点的 30001 端口开放的服务访问。',
    },
  ),
  {
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
  },
  {
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
    expects: [rolledOut('frontend', 3, 10)],
  },
  {
    id: 'roll-out-v2',
    title: { en: 'Roll out v2', 'zh-CN': '滚动更新到 v2' },
    says: {
      en: 'A new image: pods of the new revision start a few at a time, old ones end as the new become ready.',
      'zh-CN': '新镜像：新版本的 Pod 每次启动几个，旧版本的 Pod 随着新 Pod 就绪而陆续结束。',
    },
    actions: [{ do: 'setImage', ...FRONTEND, container: 'php-redis', image: V2 }],
    enabled: (view) => frontend(view) !== undefined && image(view) !== V2,
    done: (view) => image(view) === V2,
    expects: [rolledOut('frontend', 3, 90)],
  },
  {
    id: 'undo',
    title: { en: 'Undo the rollout', 'zh-CN': '回滚' },
    says: {
      en: 'Back to the revision before: its ReplicaSet is still there and grows again.',
      'zh-CN': '回到上一个版本：它的 ReplicaSet 仍在，会重新扩大。',
    },
    actions: [{ do: 'undo', ...FRONTEND }],
    enabled: hasRevisions,
    done: (view) => hasRevisions(view) && image(view) !== V2,
    expects: [rolledOut('frontend', 3, 90)],
  },
  {
    id: 'kill-pod',
    title: { en: 'Kill a pod', 'zh-CN': '删除一个 Pod' },
    says: {
      en: 'One web server is deleted: its ReplicaSet puts another in its place at once.',
      'zh-CN': '删除一个 Web 服务器：它的 ReplicaSet 立即补上一个。',
    },
    actions: [{ do: 'killPod', labels: 'app=guestbook,tier=frontend' }],
    enabled: ({ store }) => store.list('pods', 'default').some(isRunningFrontend),
    // It can be done again and again, so it never counts as done.
    done: () => false,
    expects: [rows(PODS_RUN, 'Pod', 3, { NAME: /^frontend-/, READY: '1/1', STATUS: 'Running' }, 60, 'default')],
  },
  {
    id: 'delete',
    title: { en: 'Delete the guestbook', 'zh-CN': '删除留言簿' },
    says: {
      en: 'Services and deployments go, then what they owned; the nodes are empty again.',
      'zh-CN': '服务和部署被删除，然后是它们拥有的一切；节点重新变空。',
    },
    actions: Object.keys(guestbookManifests)
      .toReversed()
      .map((manifest) => ({ do: 'delete', manifest }) as const),
    enabled: (view) => APPS.some((name) => !absent(name)(view)),
    // Then the scenario is where it began, with everything to do.
    done: () => false,
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  },
];

/** Kubernetes 1.4's guestbook tutorial. */
export const guestbook: ScenarioScript = {
  name: 'guestbook',
  title: { en: 'Guestbook', 'zh-CN': '留言簿' },
  about: {
    en: 'A web page, a Redis master and its slaves on two small nodes: deploy, scale, roll out, undo.',
    'zh-CN': '两个小节点上的网页、一个 Redis 主节点和它的从节点：部署、扩缩、滚动更新、回滚。',
  },
  cluster: guestbookCluster,
  manifests: guestbookManifests,
  steps,
};
