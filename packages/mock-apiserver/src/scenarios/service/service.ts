import type { Pod } from '@portolan/shared';
import { type Expectation, printed, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { serviceCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const PODS = ['backend-1.yaml', 'backend-2.yaml', 'frontend.yaml'];

const SERVICE = 'backend-service';

const pod = ({ store }: View, name: string): Pod | undefined => store.get('pods', { namespace: 'default', name });
const isReady = (view: View, name: string) => view.row('Pod', name)?.READY === '1/1';
const served = (view: View) => view.row('Service', SERVICE) !== undefined;

const running = (name: string, within: number): Expectation =>
  printed('Pod', name, { READY: '1/1', STATUS: 'Running' }, within);

const led = ({ store }: View) =>
  (store.get('endpoints', { namespace: 'default', name: SERVICE })?.subsets ?? []).flatMap(({ addresses = [] }) =>
    addresses.map(({ targetRef }) => targetRef?.name),
  );

/** That the service leads to a pod, ready to answer. */
const leadsTo = (name: string, within: number): Expectation =>
  seen({ en: `The service leads to ${name}`, 'zh-CN': `服务指向 ${name}` }, within, (view) =>
    led(view).includes(name) ? undefined : `it leads to ${led(view).join(', ') || 'nobody'}`,
  );

/** That the service leads to others only. */
const passesOver = (name: string, within: number): Expectation =>
  seen({ en: `The service does not lead to ${name}`, 'zh-CN': `服务不指向 ${name}` }, within, (view) =>
    led(view).includes(name) ? `it leads to ${led(view).join(', ')}` : undefined,
  );

const steps: readonly Step[] = [
  createStep(manifests, PODS, {
    id: 'pods',
    title: { en: 'Start two backends and a frontend', 'zh-CN': '启动两个后端和一个前端' },
    says: {
      en: 'Three pods with labels: two say tier=backend, one says tier=frontend. Nothing joins them yet.',
      'zh-CN': '三个带标签的 Pod：两个是 tier=backend，一个是 tier=frontend。它们之间还没有任何联系。',
    },
    expects: [running('backend-1', 40), running('backend-2', 40), running('frontend', 40)],
  }),
  createStep(manifests, ['backend-service.yaml'], {
    id: 'service',
    title: { en: 'Create the service', 'zh-CN': '创建服务' },
    says: {
      en: 'The service names no pod. It asks for app=myapp, tier=backend, and finds the two that say so.',
      'zh-CN': '服务不点名任何 Pod。它要求 app=myapp, tier=backend，于是找到这样标注的两个。',
    },
    enabled: (view) => isReady(view, 'backend-1') && isReady(view, 'backend-2') && !served(view),
    expects: [
      printed(
        'Service',
        SERVICE,
        { TYPE: 'ClusterIP', 'CLUSTER-IP': '10.101.12.40', 'PORT(S)': '80/TCP', SELECTOR: 'app=myapp,tier=backend' },
        5,
      ),
      leadsTo('backend-1', 5),
      leadsTo('backend-2', 5),
      passesOver('frontend', 5),
    ],
  }),
  repeatedStep({
    id: 'unready',
    title: { en: 'A backend is not ready', 'zh-CN': '一个后端未就绪' },
    says: {
      en: 'Its probe fails three times: the pod still runs, but the service no longer leads there.',
      'zh-CN': '它的探针连续失败三次：Pod 仍在运行，但服务不再指向它。',
    },
    actions: [{ do: 'failProbe', pod: 'backend-2', probe: 'readiness', failing: true }],
    enabled: (view) => served(view) && isReady(view, 'backend-2'),
    done: (view) => pod(view, 'backend-2') !== undefined && !isReady(view, 'backend-2'),
    expects: [printed('Pod', 'backend-2', { READY: '0/1', STATUS: 'Running' }, 45), passesOver('backend-2', 45)],
  }),
  repeatedStep({
    id: 'ready',
    title: { en: 'It is ready again', 'zh-CN': '它恢复就绪' },
    says: {
      en: 'The probe succeeds once: the pod is back among those that answer.',
      'zh-CN': '探针成功一次：该 Pod 又回到应答者之中。',
    },
    actions: [{ do: 'failProbe', pod: 'backend-2', probe: 'readiness', failing: false }],
    enabled: (view) =>
      served(view) && pod(view, 'backend-2')?.status?.phase === 'Running' && !isReady(view, 'backend-2'),
    expects: [running('backend-2', 20), leadsTo('backend-2', 20)],
  }),
  createStep(manifests, ['backend-3.yaml'], {
    id: 'join',
    title: { en: 'Start a third backend', 'zh-CN': '启动第三个后端' },
    says: {
      en: 'It wears the same labels, so it joins as soon as it is ready. Nobody changed the service.',
      'zh-CN': '它带着同样的标签，一就绪就加入。没有人改动服务。',
    },
    enabled: (view) => served(view) && pod(view, 'backend-3') === undefined,
    expects: [running('backend-3', 40), leadsTo('backend-3', 40)],
  }),
  repeatedStep({
    id: 'leave',
    title: { en: 'Take a label from the first', 'zh-CN': '去掉第一个的标签' },
    says: {
      en: 'backend-1 says tier=debug: it runs on, ready and untouched, and gets no more requests.',
      'zh-CN': 'backend-1 改为 tier=debug：它照常运行且就绪，但不再收到请求。',
    },
    actions: [{ do: 'patch', kind: 'Pod', name: 'backend-1', patch: { metadata: { labels: { tier: 'debug' } } } }],
    enabled: (view) => served(view) && pod(view, 'backend-1')?.metadata.labels?.tier === 'backend',
    done: (view) => pod(view, 'backend-1')?.metadata.labels?.tier === 'debug',
    expects: [running('backend-1', 1), passesOver('backend-1', 5)],
  }),
  deleteStep(manifests, [...PODS, 'backend-3.yaml', 'backend-service.yaml'], {
    id: 'delete',
    title: { en: 'Delete everything', 'zh-CN': '全部删除' },
    says: {
      en: 'The service goes first, then the pods.',
      'zh-CN': '先删除服务，再删除 Pod。',
    },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** How a service finds its pods. */
export const service: ScenarioScript = {
  name: 'service',
  title: { en: 'A service and its pods', 'zh-CN': '服务与它的 Pod' },
  about: {
    en: 'Labels alone decide whom a service leads to: pods join, leave, and are passed over while they are not ready.',
    'zh-CN': '服务指向谁只由标签决定：Pod 加入、离开，未就绪时被跳过。',
  },
  cluster: serviceCluster,
  manifests,
  steps,
};
