import type { Pod } from '@portolan/shared';
import { type Expectation, happened, printed, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { sparkCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);

const DRIVER = { kind: 'Pod', name: 'word-count-driver' } as const;
const EXECUTORS = 'spark-role=executor';
/** How many executors the job keeps when there is little to do, and how many it may have. */
const FEWEST = 2;
const MOST = 8;

const driver = ({ store }: View): Pod | undefined => store.get('pods', { namespace: 'default', name: DRIVER.name });
const isWorking = (view: View) =>
  driver(view)?.status?.phase === 'Running' && !driver(view)?.metadata.deletionTimestamp;
const executors = ({ store }: View): Pod[] =>
  store
    .list('pods', 'default')
    .filter(({ metadata }) => metadata.labels?.['spark-role'] === 'executor' && !metadata.deletionTimestamp);

const owned = (count: number, within: number): Expectation =>
  seen(
    { en: `${count} executors belong to the driver's pod`, 'zh-CN': `${count} 个执行器归驱动 Pod 所有` },
    within,
    (view) => {
      const uid = driver(view)?.metadata.uid;
      const own = executors(view).filter(({ metadata }) =>
        metadata.ownerReferences?.some((owner) => owner.uid === uid),
      );
      return own.length === count ? undefined : `the driver owns ${own.length}`;
    },
  );

const running = (count: number, within: number): Expectation =>
  rows(
    { en: `${count} executors run`, 'zh-CN': `${count} 个执行器运行中` },
    'Pod',
    count,
    { NAME: /^word-count-exec-\d+$/, READY: '1/1', STATUS: 'Running' },
    within,
    'default',
  );

const executorsInAll = (count: number, within: number): Expectation =>
  rows(
    { en: `${count} executors are there`, 'zh-CN': `共有 ${count} 个执行器` },
    'Pod',
    count,
    { NAME: /^word-count-exec-/ },
    within,
    'default',
  );

const steps: readonly Step[] = [
  repeatedStep({
    id: 'submit',
    title: { en: 'Submit the job', 'zh-CN': '提交作业' },
    says: {
      en: 'A driver starts and asks the cluster for two executors; their pods belong to its own pod.',
      'zh-CN': '驱动程序启动，向集群申请两个执行器；它们的 Pod 归驱动 Pod 所有。',
    },
    actions: [
      { do: 'create', manifest: 'driver.yaml' },
      { do: 'createOwned', manifest: 'executor.yaml', owner: DRIVER, count: FEWEST },
    ],
    enabled: (view) => driver(view) === undefined && executors(view).length === 0,
    done: (view) => driver(view) !== undefined,
    expects: [
      printed('Pod', DRIVER.name, { READY: '1/1', STATUS: 'Running' }, 60),
      owned(FEWEST, 5),
      running(FEWEST, 60),
    ],
  }),
  repeatedStep({
    id: 'burst',
    title: { en: 'A big stage begins', 'zh-CN': '进入大型阶段' },
    says: {
      en: 'Many tasks wait: dynamic allocation asks for six more executors, spread over the nodes.',
      'zh-CN': '大量任务等待：动态分配再申请六个执行器，分布到各个节点。',
    },
    actions: [{ do: 'createOwned', manifest: 'executor.yaml', owner: DRIVER, count: MOST - FEWEST }],
    enabled: (view) => isWorking(view) && executors(view).length === FEWEST,
    done: (view) => executors(view).length === MOST,
    expects: [owned(MOST, 5), running(MOST, 60)],
  }),
  repeatedStep({
    id: 'idle',
    title: { en: 'The executors are idle', 'zh-CN': '执行器空闲' },
    says: {
      en: 'The stage is over: executors without work are given back, two stay.',
      'zh-CN': '阶段结束：空闲的执行器被释放，保留两个。',
    },
    actions: [{ do: 'deletePods', labels: EXECUTORS, keep: FEWEST }],
    enabled: (view) => executors(view).length > FEWEST,
    expects: [owned(FEWEST, 5), executorsInAll(FEWEST, 40), running(FEWEST, 40)],
  }),
  repeatedStep({
    id: 'burst-again',
    title: { en: 'Another big stage', 'zh-CN': '又一个大型阶段' },
    says: {
      en: 'The next stage needs them again: new executors with new numbers, none comes back.',
      'zh-CN': '下一阶段又需要执行器：新的执行器带着新的编号，旧的不会回来。',
    },
    actions: [{ do: 'createOwned', manifest: 'executor.yaml', owner: DRIVER, count: MOST - FEWEST }],
    enabled: (view) => isWorking(view) && executors(view).length === FEWEST,
    expects: [
      owned(MOST, 5),
      running(MOST, 60),
      seen({ en: 'No number is given twice', 'zh-CN': '编号不会重复使用' }, 5, (view) => {
        const numbers = executors(view).map(({ metadata }) => Number(metadata.labels?.['spark-exec-id']));
        const newest = Math.max(...numbers);
        return newest >= 2 * MOST - FEWEST ? undefined : `the newest executor is number ${newest}`;
      }),
    ],
  }),
  repeatedStep({
    id: 'end',
    title: { en: 'The job ends', 'zh-CN': '作业结束' },
    says: {
      en: 'The driver has its result: it gives its executors back and completes.',
      'zh-CN': '驱动程序得到结果：释放执行器，自身完成。',
    },
    actions: [
      { do: 'deletePods', labels: EXECUTORS, keep: 0 },
      { do: 'exit', pod: DRIVER.name, code: 0 },
    ],
    enabled: isWorking,
    done: (view) => driver(view)?.status?.phase === 'Succeeded',
    expects: [
      printed('Pod', DRIVER.name, { READY: '0/1', STATUS: 'Completed', RESTARTS: '0' }, 40),
      executorsInAll(0, 40),
      happened('Killing', { kind: 'Pod', name: /^word-count-exec-/ }, 40),
    ],
  }),
  deleteStep(manifests, ['driver.yaml'], {
    id: 'delete',
    title: { en: 'Clear away', 'zh-CN': '清理' },
    says: {
      en: 'The driver’s pod and its service go; had executors been left, they would have gone with it.',
      'zh-CN': '驱动 Pod 和它的服务被删除；如果还有执行器，也会随之删除。',
    },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** An invented job of Spark with dynamic allocation. */
export const spark: ScenarioScript = {
  name: 'spark',
  title: { en: 'Spark (invented)', 'zh-CN': 'Spark（虚构）' },
  about: {
    en: 'An invented job that counts words: a driver whose executors come and go by dynamic allocation.',
    'zh-CN': '一个虚构的词频统计作业：驱动程序通过动态分配让执行器来来去去。',
  },
  cluster: sparkCluster,
  manifests,
  steps,
};
