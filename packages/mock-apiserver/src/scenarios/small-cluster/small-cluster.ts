import { type Expectation, endpoints, gone, printed, rolledOut, rows } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import { smallCluster as cluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

const NODES = cluster.nodes.map(({ name }) => name);
/** The machine that the cloud takes back, and gives again. */
const LENT = cluster.machines?.[0]?.name ?? '';

/** The proxy that runs on every node uses the node's own address. */
const proxyOn = (node: string, within: number): Expectation => {
  const address = cluster.nodes.find(({ name }) => name === node)?.address ?? '';
  return rows(
    { en: `One nginx runs on ${node}`, 'zh-CN': `${node} 上运行一个 nginx` },
    'Pod',
    1,
    { NAME: /^nginx-/, READY: '1/1', STATUS: 'Running', NODE: node, IP: address },
    within,
    'default',
  );
};

const daemons = (count: number, within: number) =>
  printed(
    'DaemonSet',
    'nginx',
    { DESIRED: `${count}`, CURRENT: `${count}`, READY: `${count}`, AVAILABLE: `${count}` },
    within,
  );

const steps: readonly Step[] = [
  createStep(manifests, ['crystal-www-example.yaml'], {
    id: 'app',
    title: { en: 'Deploy the web page', 'zh-CN': '部署网页' },
    says: {
      en: 'One pod and a service: reachable from inside only, a load balancer would cost more than the nodes.',
      'zh-CN': '一个 Pod 和一个服务：只能从内部访问，负载均衡器会比节点还贵。',
    },
    expects: [
      rolledOut('crystal-www-example', 1, 60),
      printed('Service', 'crystal-www-example', { TYPE: 'ClusterIP', 'PORT(S)': '8080/TCP' }, 5),
      endpoints('crystal-www-example', 1, 0, 60),
    ],
  }),
  createStep(manifests, ['nginx.yaml'], {
    id: 'proxy',
    title: { en: 'Run nginx on every node', 'zh-CN': '在每个节点运行 nginx' },
    says: {
      en: 'A DaemonSet on port 80 of the nodes themselves: whoever reaches a node reaches the page.',
      'zh-CN': '一个使用节点自身 80 端口的 DaemonSet：能访问任一节点，就能访问网页。',
    },
    expects: [daemons(3, 60), ...NODES.map((node) => proxyOn(node, 60))],
  }),
  createStep(manifests, ['cloudflare-sync.yaml'], {
    id: 'sync',
    title: { en: 'Keep DNS in step with the nodes', 'zh-CN': '让 DNS 跟随节点' },
    says: {
      en: 'A program that may list and watch nodes, nothing else, writes their addresses into DNS. Its key stays a secret.',
      'zh-CN': '一个只被允许 list 和 watch 节点的程序，把节点地址写入 DNS。它的密钥始终保密。',
    },
    expects: [
      rolledOut('kubernetes-cloudflare-sync', 1, 60),
      printed('Secret', 'cloudflare', { TYPE: 'Opaque', DATA: '2' }, 5),
      printed('ClusterRole', 'kubernetes-cloudflare-sync', {}, 5),
    ],
  }),
  repeatedStep({
    id: 'preempt',
    title: { en: 'The cloud takes a node back', 'zh-CN': '云平台收回一个节点' },
    says: {
      en: 'Preemptible machines live a day at most. The node goes, its nginx with it; what else ran there starts elsewhere.',
      'zh-CN': '抢占式机器最多存活一天。节点连同它的 nginx 一起消失；其余的在别处重新启动。',
    },
    actions: [{ do: 'deleteObject', kind: 'Node', name: LENT }],
    enabled: (view) => view.row('Node', LENT) !== undefined && view.row('DaemonSet', 'nginx') !== undefined,
    done: (view) => view.row('Node', LENT) === undefined,
    expects: [
      gone('Node', LENT, 5),
      daemons(2, 60),
      rows({ en: 'Nothing is left on it', 'zh-CN': '它上面什么都不剩' }, 'Pod', 0, { NODE: LENT }, 120, 'default'),
      rolledOut('crystal-www-example', 1, 120),
      rolledOut('kubernetes-cloudflare-sync', 1, 120),
    ],
  }),
  repeatedStep({
    id: 'replace',
    title: { en: 'The cloud gives it again', 'zh-CN': '云平台重新分配它' },
    says: {
      en: 'The pool is filled up: the same name, another external address, and an nginx on it at once.',
      'zh-CN': '节点池补足：名字相同，外部地址不同，上面立即有了 nginx。',
    },
    actions: [{ do: 'joinNode', node: LENT }],
    enabled: (view) => view.row('Node', LENT) === undefined,
    expects: [
      printed('Node', LENT, { STATUS: 'Ready', 'EXTERNAL-IP': '203.0.113.44' }, 60),
      daemons(3, 90),
      proxyOn(LENT, 90),
    ],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete',
    title: { en: 'Delete everything', 'zh-CN': '全部删除' },
    says: { en: 'The nodes are empty again.', 'zh-CN': '节点重新变空。' },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** A cluster that costs little. */
export const smallClusterScript: ScenarioScript = {
  name: 'small-cluster',
  title: { en: 'A small cluster that costs little', 'zh-CN': '花费不多的小集群' },
  about: {
    en: 'Three small preemptible nodes without a load balancer: a proxy on each, and DNS that follows them.',
    'zh-CN': '三个小型抢占式节点，没有负载均衡器：每个节点一个代理，DNS 跟随节点变化。',
  },
  cluster,
  manifests,
  expects: cluster.nodes.map(({ name, externalAddress = '' }) =>
    printed('Node', name, { STATUS: 'Ready', 'EXTERNAL-IP': externalAddress }, 5),
  ),
  steps,
};
