import { type Expectation, endpoints, gone, printed, rolledOut, rows } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { backupCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

const SHOP = 'shop';

/** The kinds that a backup lists, and what of each there is to list. */
export const BACKED_UP: Readonly<Record<string, readonly string[]>> = {
  PersistentVolumeClaim: ['exports', 'data-orders-0', 'data-orders-1'],
  ConfigMap: ['shop'],
  ServiceAccount: ['shop'],
  Secret: ['shop'],
  Ingress: ['shop'],
  Service: ['web', 'orders'],
  Deployment: ['web'],
  StatefulSet: ['orders'],
  HorizontalPodAutoscaler: ['web'],
  PodDisruptionBudget: ['orders'],
  NetworkPolicy: ['orders'],
  ResourceQuota: ['shop'],
  Job: ['migrate'],
  CronJob: ['export'],
};

const exists = (view: View) => view.row('Namespace', SHOP) !== undefined;

const listed = (within: number): Expectation[] =>
  Object.entries(BACKED_UP).flatMap(([kind, names]) => names.map((name) => printed(kind, name, {}, within, SHOP)));

const works = (within: number): Expectation[] => [
  ...listed(within),
  rolledOut('web', 2, within, SHOP),
  printed('StatefulSet', 'orders', { READY: '2/2' }, within, SHOP),
  endpoints('web', 2, 0, within, SHOP),
  rows(
    { en: 'All three claims are bound', 'zh-CN': '三个申领全部已绑定' },
    'PersistentVolumeClaim',
    3,
    { STATUS: 'Bound' },
    within,
    SHOP,
  ),
  printed('PodDisruptionBudget', 'orders', { 'MIN AVAILABLE': '1', 'ALLOWED DISRUPTIONS': '1' }, within, SHOP),
  printed('HorizontalPodAutoscaler', 'web', { REPLICAS: '2' }, within, SHOP),
  printed('Job', 'migrate', { COMPLETIONS: '1/1' }, within, SHOP),
  printed('CronJob', 'export', { SCHEDULE: '0 3 * * *', SUSPEND: 'False' }, within, SHOP),
];

const steps: readonly Step[] = [
  createStep(manifests, FILES, {
    id: 'create',
    title: { en: 'Open the shop', 'zh-CN': '商店开张' },
    says: {
      en: 'A namespace with something of every kind that a backup must hold: kubectl get KIND -o yaml writes it down.',
      'zh-CN': '一个命名空间，备份应包含的每种对象都有：用 kubectl get KIND -o yaml 记录下来。',
    },
    expects: works(90),
  }),
  repeatedStep({
    id: 'accident',
    title: { en: 'An accident: the namespace is deleted', 'zh-CN': '事故：命名空间被删除' },
    says: {
      en: 'kubectl delete namespace shop, in the wrong window: everything in it goes, claims and data too.',
      'zh-CN': '在错误的窗口里执行 kubectl delete namespace shop：其中的一切都没了，包括申领和数据。',
    },
    actions: [{ do: 'deleteObject', kind: 'Namespace', name: SHOP }],
    enabled: (view) => exists(view) && view.row('Namespace', SHOP)?.STATUS === 'Active',
    expects: [
      gone('Namespace', SHOP, 90),
      ...Object.keys(BACKED_UP).map((kind) =>
        rows({ en: `No ${kind} is left`, 'zh-CN': `没有留下任何 ${kind}` }, kind, 0, {}, 90, SHOP),
      ),
    ],
  }),
  createStep(manifests, FILES, {
    id: 'restore',
    title: { en: 'Restore from the backup', 'zh-CN': '从备份恢复' },
    says: {
      en: 'kubectl create -f with what was written down: all of it stands again, with empty volumes.',
      'zh-CN': '用记录下来的内容执行 kubectl create -f：一切恢复原状，只是卷是空的。',
    },
    enabled: (view) => !exists(view),
    expects: works(90),
  }),
  repeatedStep({
    id: 'close',
    title: { en: 'Close the shop', 'zh-CN': '商店关门' },
    says: { en: 'This time it is meant.', 'zh-CN': '这一次是有意的。' },
    actions: [
      { do: 'deleteObject', kind: 'Namespace', name: SHOP },
      { do: 'deleteObject', kind: 'StorageClass', name: 'standard' },
    ],
    enabled: exists,
    expects: [
      gone('Namespace', SHOP, 90),
      rows({ en: 'No volumes are left', 'zh-CN': '没有留下任何卷' }, 'PersistentVolume', 0, {}, 90),
    ],
  }),
];

/** Something of every kind that a backup lists. */
export const backup: ScenarioScript = {
  name: 'backup',
  title: { en: 'Backup and restore', 'zh-CN': '备份与恢复' },
  about: {
    en: 'A namespace with something of every kind that is backed up: lost, and restored from what was written down.',
    'zh-CN': '一个包含各种待备份对象的命名空间：丢失之后，用记录下来的内容恢复。',
  },
  namespace: SHOP,
  cluster: backupCluster,
  manifests,
  steps,
};
