import type { Deployment } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { guestbookCluster } from './cluster.ts';
import { guestbookManifests } from './manifests.ts';

const V2 = 'kubeguide/guestbook-php-frontend:v2';
const APPS = ['redis-master', 'redis-slave', 'frontend'] as const;

const deployment = (store: Store, name: string): Deployment | undefined =>
  store.get('deployments.apps', { namespace: 'default', name });
const frontend = (store: Store) => deployment(store, 'frontend');
const exists = (name: string) => (store: Store) =>
  deployment(store, name) !== undefined && store.get('services', { namespace: 'default', name }) !== undefined;
const absent = (name: string) => (store: Store) =>
  deployment(store, name) === undefined && store.get('services', { namespace: 'default', name }) === undefined;
const replicas = (store: Store) => frontend(store)?.spec.replicas;
const image = (store: Store) => frontend(store)?.spec.template.spec.containers[0]?.image;
/** By uid: the ReplicaSets of a frontend deleted just before are not its own. */
const revisions = (store: Store) =>
  store
    .list('replicasets.apps', 'default')
    .filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === frontend(store)?.metadata.uid));
/** Undo has something to go back to once a second revision exists. */
const rolledOut = (store: Store) => frontend(store) !== undefined && revisions(store).length > 1;

const create = (name: string, title: Step['title'], says: Step['says']): Step => ({
  id: `create-${name}`,
  title,
  says,
  actions: [
    { do: 'create', manifest: `${name}-deployment.yaml` },
    { do: 'create', manifest: `${name}-service.yaml` },
  ],
  enabled: (store) => !exists(name)(store),
  done: exists(name),
});

const steps: readonly Step[] = [
  create(
    'redis-master',
    { en: 'Create redis-master', 'zh-CN': '创建 redis-master' },
    {
      en: 'One Redis master and the service that leads to it: every message of the guestbook is written here.',
      'zh-CN': '一个 Redis 主节点和指向它的服务：留言簿的每条留言都写在这里。',
    },
  ),
  create(
    'redis-slave',
    { en: 'Create redis-slave', 'zh-CN': '创建 redis-slave' },
    {
      en: 'Two Redis slaves copy the master, one on each node, behind one service.',
      'zh-CN': '两个 Redis 从节点复制主节点，每个节点一个，由同一个服务访问。',
    },
  ),
  create(
    'frontend',
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
    actions: [{ do: 'scale', deployment: 'frontend', replicas: 5 }],
    enabled: (store) => frontend(store) !== undefined && replicas(store) !== 5,
    done: (store) => replicas(store) === 5,
  },
  {
    id: 'scale-down',
    title: { en: 'Scale frontend back to 3', 'zh-CN': '将 frontend 缩容回 3 个' },
    says: {
      en: 'The rush is over: two web servers leave the service and end.',
      'zh-CN': '高峰过去：两个 Web 服务器离开服务并结束。',
    },
    actions: [{ do: 'scale', deployment: 'frontend', replicas: 3 }],
    enabled: (store) => (replicas(store) ?? 0) > 3,
    // Three is where it began: only the third wish of its spec can be the way back.
    done: (store) => replicas(store) === 3 && (frontend(store)?.metadata.generation ?? 0) >= 3,
  },
  {
    id: 'roll-out-v2',
    title: { en: 'Roll out v2', 'zh-CN': '滚动更新到 v2' },
    says: {
      en: 'A new image: pods of the new revision start a few at a time, old ones end as the new become ready.',
      'zh-CN': '新镜像：新版本的 Pod 每次启动几个，旧版本的 Pod 随着新 Pod 就绪而陆续结束。',
    },
    actions: [{ do: 'setImage', deployment: 'frontend', container: 'php-redis', image: V2 }],
    enabled: (store) => frontend(store) !== undefined && image(store) !== V2,
    done: (store) => image(store) === V2,
  },
  {
    id: 'undo',
    title: { en: 'Undo the rollout', 'zh-CN': '回滚' },
    says: {
      en: 'Back to the revision before: its ReplicaSet is still there and grows again.',
      'zh-CN': '回到上一个版本：它的 ReplicaSet 仍在，会重新扩大。',
    },
    actions: [{ do: 'undo', deployment: 'frontend' }],
    enabled: rolledOut,
    done: (store) => rolledOut(store) && image(store) !== V2,
  },
  {
    id: 'kill-pod',
    title: { en: 'Kill a pod', 'zh-CN': '删除一个 Pod' },
    says: {
      en: 'One web server is deleted: its ReplicaSet puts another in its place at once.',
      'zh-CN': '删除一个 Web 服务器：它的 ReplicaSet 立即补上一个。',
    },
    actions: [{ do: 'killPod', labels: 'app=guestbook,tier=frontend' }],
    enabled: (store) => store.list('pods', 'default').some(isRunningFrontend),
    // It can be done again and again, so it never counts as done.
    done: () => false,
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
    enabled: (store) => APPS.some((name) => !absent(name)(store)),
    // Then the scenario is where it began, with everything to do.
    done: () => false,
  },
];

function isRunningFrontend({
  metadata,
  status,
}: {
  metadata: { labels?: Record<string, string>; deletionTimestamp?: string };
  status?: { phase?: string };
}): boolean {
  return metadata.labels?.tier === 'frontend' && !metadata.deletionTimestamp && status?.phase === 'Running';
}

/** Kubernetes 1.4's guestbook tutorial. */
export const guestbook: ScenarioScript = {
  name: 'guestbook',
  cluster: guestbookCluster,
  manifests: guestbookManifests,
  steps,
};
