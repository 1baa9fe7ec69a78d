import type { Deployment } from '@portolan/shared';
import { endpoints, notBefore, onTheWay, printed, rolledOut, rows } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { kerasCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

const app = ({ store }: View): Deployment | undefined =>
  store.get('deployments.apps', { namespace: 'default', name: 'keras-app' });

const service = (address: string, within: number) =>
  printed(
    'Service',
    'keras-app',
    { TYPE: 'LoadBalancer', 'EXTERNAL-IP': address, 'PORT(S)': '80:30271/TCP', SELECTOR: 'app=keras-app' },
    within,
  );

const steps: readonly Step[] = [
  createStep(manifests, ['keras-app-deployment.yaml'], {
    id: 'run',
    title: { en: 'Run the model', 'zh-CN': '运行模型' },
    says: {
      en: 'One pod serves the model on port 5000; nobody outside can reach it yet.',
      'zh-CN': '一个 Pod 在 5000 端口提供模型服务；外部还无法访问。',
    },
    expects: [rolledOut('keras-app', 1, 60), printed('Deployment', 'keras-app', { CONTAINERS: 'keras-app' }, 5)],
  }),
  createStep(manifests, ['keras-app-service.yaml'], {
    id: 'expose',
    title: { en: 'Expose it to the world', 'zh-CN': '对外开放' },
    says: {
      en: 'A load balancer is asked for: the external address is pending until the cloud has made one.',
      'zh-CN': '请求一个负载均衡器：在云平台建好之前，外部地址一直显示为 <pending>。',
    },
    enabled: (view) => app(view) !== undefined && view.row('Service', 'keras-app') === undefined,
    expects: [
      onTheWay(service('<pending>', 5)),
      notBefore(30, service('35.225.226.94', 60)),
      endpoints('keras-app', 1, 0, 60),
    ],
  }),
  repeatedStep({
    id: 'scale',
    title: { en: 'Scale to 3', 'zh-CN': '扩容到 3 个' },
    says: {
      en: 'Three pods, one on each node, behind the same address.',
      'zh-CN': '三个 Pod，每个节点一个，都在同一个地址之后。',
    },
    actions: [{ do: 'scale', kind: 'Deployment', name: 'keras-app', replicas: 3 }],
    enabled: (view) => app(view) !== undefined && app(view)?.spec.replicas !== 3,
    done: (view) => app(view)?.spec.replicas === 3,
    expects: [
      rolledOut('keras-app', 3, 60),
      ...kerasCluster.nodes.map(({ name }) =>
        rows(
          { en: `One pod runs on ${name}`, 'zh-CN': `${name} 上运行一个 Pod` },
          'Pod',
          1,
          { NODE: name, READY: '1/1', STATUS: 'Running' },
          60,
          'default',
        ),
      ),
    ],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete',
    title: { en: 'Delete it', 'zh-CN': '删除' },
    says: {
      en: 'The service goes, the address returns to the cloud, and the pods end.',
      'zh-CN': '服务被删除，地址归还给云平台，Pod 随之结束。',
    },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** A model behind a cloud's load balancer. */
export const keras: ScenarioScript = {
  name: 'keras',
  title: { en: 'A model behind a load balancer', 'zh-CN': '负载均衡器后的模型' },
  about: {
    en: 'A Keras model on three nodes of a cloud: run, expose, and wait for the external address.',
    'zh-CN': '云上三个节点运行一个 Keras 模型：启动、对外开放，等待外部地址。',
  },
  cluster: kerasCluster,
  manifests,
  expects: [rows({ en: 'Three nodes are ready', 'zh-CN': '三个节点就绪' }, 'Node', 3, { STATUS: 'Ready' }, 5)],
  steps,
};
