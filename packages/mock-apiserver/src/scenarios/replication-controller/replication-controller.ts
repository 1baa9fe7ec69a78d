import type { ReplicationController } from '@portolan/shared';
import { happened, lasting, onTheWay, printed, rows } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { replicationControllerCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

const WEB = { kind: 'ReplicationController', name: 'web' } as const;
/** What a pod that does not respond is called by, once nobody counts it any more. */
const SILENT = 'silent';

const controller = ({ store }: View): ReplicationController | undefined =>
  store.get('replicationcontrollers', { namespace: 'default', name: 'web' });
const wished = (view: View) => controller(view)?.spec.replicas;
const settled = (view: View) =>
  controller(view) !== undefined && controller(view)?.status?.readyReplicas === wished(view);
const isSilent = ({ store }: View) =>
  store.list('pods', 'default').some(({ metadata }) => metadata.labels?.app === SILENT && !metadata.deletionTimestamp);

const counts = (count: number, within: number) =>
  printed(
    'ReplicationController',
    'web',
    { DESIRED: `${count}`, CURRENT: `${count}`, READY: `${count}`, SELECTOR: 'app=web' },
    within,
  );

const pods = (count: number, within: number) =>
  rows(
    { en: `${count} pods, all running`, 'zh-CN': `共 ${count} 个 Pod，全部运行中` },
    'Pod',
    count,
    { NAME: /^web-[a-z0-9]{5}$/, READY: '1/1', STATUS: 'Running' },
    within,
    'default',
  );

const exactly = (count: number, within: number) =>
  rows(
    { en: `No other pod is there: ${count} in all`, 'zh-CN': `没有别的 Pod：总共 ${count} 个` },
    'Pod',
    count,
    {},
    within,
    'default',
  );

const scaleTo = (id: string, replicas: number, told: Pick<Step, 'title' | 'says' | 'expects'>): Step =>
  repeatedStep({
    id,
    ...told,
    actions: [{ do: 'scale', ...WEB, replicas }],
    enabled: (view) => controller(view) !== undefined && wished(view) !== replicas,
    done: (view) => replicas === 5 && wished(view) === replicas,
  });

const steps: readonly Step[] = [
  createStep(manifests, FILES, {
    id: 'create',
    title: { en: 'Create the controller', 'zh-CN': '创建控制器' },
    says: {
      en: 'A ReplicationController that wants three pods with the label app=web: it starts three.',
      'zh-CN': '一个 ReplicationController 要求三个带 app=web 标签的 Pod：它启动了三个。',
    },
    expects: [
      counts(3, 30),
      pods(3, 30),
      happened(
        'SuccessfulCreate',
        { kind: 'ReplicationController', name: 'web', message: /^Created pod: web-/, count: 3 },
        30,
      ),
    ],
  }),
  repeatedStep({
    id: 'lose-pod',
    title: { en: 'A pod stops responding', 'zh-CN': '一个 Pod 失去响应' },
    says: {
      en: 'One pod no longer counts: the controller sees two of three and starts another at once.',
      'zh-CN': '一个 Pod 不再计入：控制器发现三个只剩两个，立即再启动一个。',
    },
    actions: [{ do: 'relabelPod', labels: 'app=web', set: { app: SILENT } }],
    enabled: (view) => settled(view) && !isSilent(view),
    done: isSilent,
    expects: [
      onTheWay(printed('ReplicationController', 'web', { DESIRED: '3', CURRENT: '3', READY: '2' }, 10)),
      counts(3, 30),
      pods(4, 30),
    ],
  }),
  repeatedStep({
    id: 'find-pod',
    title: { en: 'It responds again', 'zh-CN': '它恢复响应' },
    says: {
      en: 'The lost pod is back: four is one too many, so the newest is ended and three remain.',
      'zh-CN': '失联的 Pod 回来了：四个多了一个，于是结束最新的那个，剩下三个。',
    },
    actions: [{ do: 'relabelPod', labels: `app=${SILENT}`, set: { app: 'web' } }],
    enabled: isSilent,
    expects: [
      onTheWay(
        rows({ en: 'For a moment there are four', 'zh-CN': '一时有四个' }, 'Pod', 4, { NAME: /^web-/ }, 5, 'default'),
      ),
      counts(3, 30),
      pods(3, 30),
      exactly(3, 30),
      happened('SuccessfulDelete', { kind: 'ReplicationController', name: 'web', message: /^Deleted pod: web-/ }, 10),
    ],
  }),
  scaleTo('scale-up', 5, {
    title: { en: 'Scale to 5', 'zh-CN': '扩容到 5 个' },
    says: {
      en: 'Five are wanted now: two more start at the same time, neither waits for the other.',
      'zh-CN': '需要五个：又有两个同时启动，互不等待。',
    },
    expects: [
      onTheWay(
        rows(
          { en: 'Two are being created at once', 'zh-CN': '两个同时在创建' },
          'Pod',
          2,
          { READY: '0/1', STATUS: 'ContainerCreating' },
          5,
          'default',
        ),
      ),
      counts(5, 30),
      pods(5, 30),
    ],
  }),
  scaleTo('scale-down', 3, {
    title: { en: 'Scale back to 3', 'zh-CN': '缩容回 3 个' },
    says: {
      en: 'Three are enough again: the newest two end.',
      'zh-CN': '三个又够了：最新的两个结束。',
    },
    expects: [counts(3, 30), pods(3, 30), lasting(5, exactly(3, 30))],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete',
    title: { en: 'Delete the controller', 'zh-CN': '删除控制器' },
    says: {
      en: 'The controller goes, and its pods with it.',
      'zh-CN': '控制器被删除，它的 Pod 也随之消失。',
    },
    expects: [exactly(0, 60)],
  }),
];

/** What a ReplicationController does: it keeps a number of pods, whatever happens to them. */
export const replicationController: ScenarioScript = {
  name: 'replication-controller',
  title: { en: 'Replication controller', 'zh-CN': '副本控制器' },
  about: {
    en: 'Three pods that are kept at three: lost, found, and scaled.',
    'zh-CN': '始终保持三个 Pod：丢失、找回、扩缩容。',
  },
  cluster: replicationControllerCluster,
  manifests,
  steps,
};
