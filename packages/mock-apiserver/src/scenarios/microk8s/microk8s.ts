import { endpoints, printed, rolledOut, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep } from '../step.ts';
import { microk8sCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);

const SYSTEM = 'kube-system';
const NODE = 'microk8s';

/** Where the API leads to the dashboard, for one who may ask the API and nothing else. */
export const DASHBOARD_PATH = `/api/v1/namespaces/${SYSTEM}/services/https:kubernetes-dashboard:/proxy/`;

const steps: readonly Step[] = [
  createStep(manifests, ['dns.yaml'], {
    id: 'dns',
    title: { en: 'Enable dns', 'zh-CN': '启用 dns' },
    says: {
      en: 'microk8s enable dns: CoreDNS, behind the address that every pod asks for names.',
      'zh-CN': 'microk8s enable dns：CoreDNS，位于每个 Pod 查询名字的地址之后。',
    },
    expects: [
      rolledOut('coredns', 1, 40, SYSTEM),
      printed('Service', 'kube-dns', { 'CLUSTER-IP': '10.152.183.10', 'PORT(S)': '53/UDP,53/TCP,9153/TCP' }, 5, SYSTEM),
      endpoints('kube-dns', 1, 0, 40, SYSTEM),
    ],
  }),
  createStep(manifests, ['dashboard.yaml'], {
    id: 'dashboard',
    title: { en: 'Enable dashboard', 'zh-CN': '启用 dashboard' },
    says: {
      en: `microk8s enable dashboard: by kubectl proxy it is at ${DASHBOARD_PATH}`,
      'zh-CN': `microk8s enable dashboard：通过 kubectl proxy 访问 ${DASHBOARD_PATH}`,
    },
    expects: [
      rolledOut('kubernetes-dashboard', 1, 40, SYSTEM),
      printed(
        'Service',
        'kubernetes-dashboard',
        { TYPE: 'ClusterIP', 'CLUSTER-IP': '10.152.183.64', 'PORT(S)': '443/TCP' },
        5,
        SYSTEM,
      ),
      seen(
        { en: 'The service leads to port 8443 of its pod', 'zh-CN': '服务指向它的 Pod 的 8443 端口' },
        40,
        (view) => {
          const found = view.row('Endpoints', 'kubernetes-dashboard', SYSTEM)?.ENDPOINTS ?? '';
          return /^10\.1\.128\.\d+:8443$/.test(found) ? undefined : `it leads to ${found}`;
        },
      ),
    ],
  }),
  createStep(manifests, ['ingress.yaml'], {
    id: 'ingress',
    title: { en: 'Enable ingress', 'zh-CN': '启用 ingress' },
    says: {
      en: 'microk8s enable ingress: nginx on the node’s own ports 80 and 443, and a path to the dashboard.',
      'zh-CN': 'microk8s enable ingress：nginx 使用节点自身的 80 和 443 端口，并有一条通往 dashboard 的路径。',
    },
    expects: [
      printed(
        'DaemonSet',
        'nginx-ingress-microk8s-controller',
        { DESIRED: '1', READY: '1', AVAILABLE: '1' },
        40,
        'ingress',
      ),
      rows(
        { en: 'Its pod runs', 'zh-CN': '它的 Pod 在运行' },
        'Pod',
        1,
        { READY: '1/1', STATUS: 'Running', NODE },
        40,
        'ingress',
      ),
      printed('Ingress', 'dashboard', { CLASS: 'public', HOSTS: '*', PORTS: '80' }, 5, SYSTEM),
    ],
  }),
  deleteStep(manifests, Object.keys(manifests), {
    id: 'disable',
    title: { en: 'Disable all three', 'zh-CN': '全部停用' },
    says: {
      en: 'microk8s disable dns dashboard ingress: the cluster is as bare as it began.',
      'zh-CN': 'microk8s disable dns dashboard ingress：集群又像开始时那样空空如也。',
    },
    expects: [
      rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60),
      rows(
        { en: 'The namespace ingress is gone', 'zh-CN': '命名空间 ingress 已消失' },
        'Namespace',
        0,
        { NAME: 'ingress' },
        60,
      ),
    ],
  }),
];

/** One node, and its add-ons one by one. */
export const microk8s: ScenarioScript = {
  name: 'microk8s',
  title: { en: 'MicroK8s', 'zh-CN': 'MicroK8s' },
  about: {
    en: 'One machine that is a whole cluster: DNS, dashboard and ingress are switched on one by one.',
    'zh-CN': '一台机器就是整个集群：依次启用 DNS、dashboard 和 ingress。',
  },
  namespace: SYSTEM,
  cluster: microk8sCluster,
  manifests,
  expects: [printed('Node', NODE, { STATUS: 'Ready', 'INTERNAL-IP': '192.168.64.5' }, 5)],
  steps,
};
