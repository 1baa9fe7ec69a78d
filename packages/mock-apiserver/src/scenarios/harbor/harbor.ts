import type { Ingress, PersistentVolumeClaim } from '@portolan/shared';
import { type Cell, type Expectation, lasting, printed, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { harborCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

/** How long the release may take until all that it is made of runs. */
const LIMIT_S = 120;

/** Of each pod how often it was started again until all that it needs was there. */
const RESTARTS: Readonly<Record<string, number>> = {
  'hub-harbor-adminserver-0': 1,
  'hub-harbor-clair-[^-]+-[^-]+': 2,
  'hub-harbor-jobservice-[^-]+-[^-]+': 2,
  'hub-harbor-mysql-0': 0,
  'hub-harbor-registry-0': 1,
  'hub-harbor-ui-[^-]+-[^-]+': 0,
  'hub-postgresql-[^-]+-[^-]+': 1,
};

/** Of each claim its size. */
const CLAIMS: Readonly<Record<string, string>> = {
  'adminserver-config-hub-harbor-adminserver-0': '1Gi',
  'mysql-data-hub-harbor-mysql-0': '1Gi',
  'registry-data-hub-harbor-registry-0': '5Gi',
  'hub-postgresql': '8Gi',
};

const counted = (count: number): Cell => (count === 0 ? '0' : new RegExp(`^${count}( \\(.* ago\\))?$`));

const running = (name: string, restarts: number): Expectation => {
  const short = name.replaceAll('-[^-]+', '');
  return rows(
    { en: `${short} runs, ${restarts} restarts`, 'zh-CN': `${short} 运行中，重启 ${restarts} 次` },
    'Pod',
    1,
    { NAME: new RegExp(`^${name}$`), READY: '1/1', STATUS: 'Running', RESTARTS: counted(restarts) },
    LIMIT_S,
    'default',
  );
};

const allRun = Object.entries(RESTARTS).map(([name, restarts]) => running(name, restarts));

const claims = Object.entries(CLAIMS).map(([name, size]) =>
  printed(
    'PersistentVolumeClaim',
    name,
    { STATUS: 'Bound', CAPACITY: size, 'ACCESS MODES': 'RWO', STORAGECLASS: 'cephrbd' },
    LIMIT_S,
  ),
);

/** Ingress, services, workloads, claims and volumes lead to each other. */
const chain: Expectation = seen(
  {
    en: 'hub.test.com leads by its services and workloads to claims and their volumes',
    'zh-CN': 'hub.test.com 经服务与工作负载一直通到申领和卷',
  },
  LIMIT_S,
  ({ store }: View) => {
    const ingress = store.get('ingresses.networking.k8s.io', { namespace: 'default', name: 'hub-harbor-ingress' }) as
      | Ingress
      | undefined;
    const rule = ingress?.spec?.rules?.[0];
    if (rule?.host !== 'hub.test.com') return `the ingress is for ${rule?.host}`;
    for (const { backend } of rule.http?.paths ?? []) {
      const name = backend.service?.name ?? '';
      const subsets = store.get('endpoints', { namespace: 'default', name })?.subsets ?? [];
      if (!subsets.some(({ addresses = [] }) => addresses.length > 0)) return `${name} leads to no pod`;
    }
    for (const name of Object.keys(CLAIMS)) {
      const claim = store.get('persistentvolumeclaims', { namespace: 'default', name }) as
        | PersistentVolumeClaim
        | undefined;
      const volume = store.get('persistentvolumes', { name: claim?.spec?.volumeName ?? '' });
      if (!volume) return `${name} has no volume`;
      const pods = store
        .list('pods', 'default')
        .filter(({ spec }) => JSON.stringify(spec.volumes ?? []).includes(`"${name}"`));
      if (pods.length !== 1) return `${pods.length} pods use ${name}`;
    }
    return undefined;
  },
);

const steps: readonly Step[] = [
  createStep(manifests, FILES, {
    id: 'install',
    title: { en: 'Install the release hub', 'zh-CN': '安装 release hub' },
    says: {
      en: 'Seven workloads at once: those whose database or registry is not there yet crash, and are started again.',
      'zh-CN': '七个工作负载同时启动：数据库或仓库还没就绪的会崩溃，然后被重新启动。',
    },
    expects: [
      ...allRun,
      ...claims,
      chain,
      printed('Ingress', 'hub-harbor-ingress', { HOSTS: 'hub.test.com', PORTS: '80, 443' }, 5),
      lasting(
        20,
        rows(
          { en: 'Seven pods, all running', 'zh-CN': '七个 Pod，全部运行中' },
          'Pod',
          7,
          { READY: '1/1', STATUS: 'Running' },
          LIMIT_S,
          'default',
        ),
      ),
    ],
  }),
  repeatedStep({
    id: 'kill-registry',
    title: { en: 'Delete the registry’s pod', 'zh-CN': '删除 registry 的 Pod' },
    says: {
      en: 'It comes back under its own name, with its own claim: what was pushed is still there.',
      'zh-CN': '它以原来的名字、带着原来的申领回来：推送过的镜像都还在。',
    },
    actions: [{ do: 'killPod', labels: 'release=hub,component=registry' }],
    enabled: (view) => view.row('Pod', 'hub-harbor-registry-0')?.READY === '1/1',
    expects: [
      printed('Pod', 'hub-harbor-registry-0', { READY: '1/1', STATUS: 'Running', RESTARTS: '0' }, 90),
      printed('PersistentVolumeClaim', 'registry-data-hub-harbor-registry-0', { STATUS: 'Bound', CAPACITY: '5Gi' }, 1),
    ],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete',
    title: { en: 'Delete the release', 'zh-CN': '删除 release' },
    says: {
      en: 'All goes but the claims of the StatefulSets: data is not deleted with the pods that wrote it.',
      'zh-CN': '一切都被删除，只留下 StatefulSet 的申领：数据不会随写入它的 Pod 一起删除。',
    },
    expects: [
      rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default'),
      rows(
        { en: 'Three claims stay', 'zh-CN': '三个申领保留' },
        'PersistentVolumeClaim',
        3,
        { NAME: /-hub-harbor-.*-0$/, STATUS: 'Bound' },
        60,
        'default',
      ),
      rows({ en: 'There are no others', 'zh-CN': '没有其他申领' }, 'PersistentVolumeClaim', 3, {}, 60, 'default'),
    ],
  }),
  repeatedStep({
    id: 'delete-claims',
    title: { en: 'Delete the claims, too', 'zh-CN': '连同申领一起删除' },
    says: {
      en: 'Only this deletes the data: the class deletes the volumes with their claims.',
      'zh-CN': '这一步才真正删除数据：该存储类会随申领删除卷。',
    },
    actions: Object.keys(CLAIMS).map((name) => ({ do: 'deleteObject', kind: 'PersistentVolumeClaim', name }) as const),
    enabled: ({ store }) =>
      store.list('persistentvolumeclaims', 'default').length > 0 && store.list('pods', 'default').length === 0,
    expects: [
      rows({ en: 'No claims are left', 'zh-CN': '没有留下任何申领' }, 'PersistentVolumeClaim', 0, {}, 30, 'default'),
      rows({ en: 'No volumes are left', 'zh-CN': '没有留下任何卷' }, 'PersistentVolume', 0, {}, 60),
    ],
  }),
];

/** A registry of images with all that it is made of. */
export const harbor: ScenarioScript = {
  name: 'harbor',
  title: { en: 'Harbor', 'zh-CN': 'Harbor 镜像仓库' },
  about: {
    en: 'The Helm release hub: an ingress, seven workloads that need each other, four claims on Ceph, and secrets that stay.',
    'zh-CN': 'Helm release hub：一个 Ingress、七个相互依赖的工作负载、四个 Ceph 申领，以及不外泄的机密。',
  },
  cluster: harborCluster,
  manifests,
  steps,
};
