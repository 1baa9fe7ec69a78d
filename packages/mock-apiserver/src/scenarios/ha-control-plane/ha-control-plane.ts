import type { KubeObject } from '@portolan/shared';
import type { ComponentName } from '../../controllers/control-plane/components.ts';
import {
  type Cell,
  type Expectation,
  happened,
  lasting,
  notBefore,
  printed,
  rolledOut,
  rows,
  seen,
} from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { haControlPlaneCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);

const SYSTEM = 'kube-system';
const FIRST = 'kube.controller01';
const OTHERS = /^kube\.controller0[23]$/;
const LEADER = 'control-plane.alpha.kubernetes.io/leader';

type Lease = KubeObject & { spec?: { holderIdentity?: string; leaseDurationSeconds?: number } };

/** Who holds the lease, and who the older annotation says does. */
const holders = ({ store }: View, component: ComponentName): { lease: string; annotation: string; seconds: number } => {
  const ref = { namespace: SYSTEM, name: component };
  const lease = store.get('leases.coordination.k8s.io', ref) as Lease | undefined;
  const record = store.get('endpoints', ref)?.metadata.annotations?.[LEADER];
  const { holderIdentity = '' } = record ? (JSON.parse(record) as { holderIdentity?: string }) : {};
  return {
    lease: lease?.spec?.holderIdentity ?? '',
    annotation: holderIdentity,
    seconds: lease?.spec?.leaseDurationSeconds ?? 0,
  };
};

const fits = (text: string, wanted: Cell) => (typeof wanted === 'string' ? text === wanted : wanted.test(text));

/** Who leads, by the Lease and by the annotation of the Endpoints alike. */
const leads = (component: ComponentName, wanted: Cell, within: number): Expectation => {
  const who = typeof wanted === 'string' ? wanted : 'another';
  const wer = typeof wanted === 'string' ? wanted : '另一台';
  return seen(
    {
      en: `${component}: ${who} leads, by its lease and its annotation`,
      'zh-CN': `${component}：租约与注解都表明 ${wer} 是领导者`,
    },
    within,
    (view) => {
      const { lease, annotation, seconds } = holders(view, component);
      if (seconds !== 150) return `the lease holds for ${seconds} s`;
      return fits(lease, wanted) && lease === annotation
        ? undefined
        : `the lease says ${lease}, the annotation ${annotation}`;
    },
  );
};

const isFirst = (component: ComponentName) => (view: View) => holders(view, component).lease === FIRST;

const stopLeader = (
  component: ComponentName,
  id: string,
  told: Pick<Step, 'title' | 'says'>,
  more: Step['expects'],
): Step =>
  repeatedStep({
    id,
    ...told,
    actions: [{ do: 'stopComponent', component, host: FIRST }],
    enabled: isFirst(component),
    done: (view) => !isFirst(component)(view),
    expects: [
      // The last renewal may be 20 s old when the process ends, and those who wait look every 20 s.
      notBefore(125, leads(component, OTHERS, 200)),
      happened(
        'LeaderElection',
        { kind: 'Lease', name: component, message: /^kube\.controller0[23]\S* became leader$/ },
        200,
      ),
      ...more,
    ],
  });

const healthy = (component: string): Expectation =>
  printed('ComponentStatus', component, { STATUS: 'Healthy', MESSAGE: 'ok' }, 5);

const steps: readonly Step[] = [
  stopLeader(
    'kube-scheduler',
    'stop-scheduler',
    {
      title: { en: 'Stop the leading scheduler', 'zh-CN': '停止领导者调度器' },
      says: {
        en: 'The scheduler on kube.controller01 dies. Its lease runs for 150 s: then another takes it over.',
        'zh-CN': 'kube.controller01 上的调度器停止。它的租约为 150 秒：到期后由另一台接管。',
      },
    },
    [],
  ),
  stopLeader(
    'kube-controller-manager',
    'stop-controller-manager',
    {
      title: { en: 'Stop the leading controller-manager', 'zh-CN': '停止领导者控制器管理器' },
      says: {
        en: 'The same for the controllers: for 150 s nobody would notice a pod that is lost.',
        'zh-CN': '控制器也是如此：150 秒内没有人会注意到丢失的 Pod。',
      },
    },
    [],
  ),
  createStep(manifests, FILES, {
    id: 'deploy',
    title: { en: 'Deploy something', 'zh-CN': '部署应用' },
    says: {
      en: 'The new leaders work: three pods are made and find their nodes.',
      'zh-CN': '新的领导者开始工作：三个 Pod 被创建并找到节点。',
    },
    expects: [
      rolledOut('web', 3, 60),
      rows(
        { en: 'They run on the nodes', 'zh-CN': '它们运行在工作节点上' },
        'Pod',
        3,
        { NODE: /^kube\.node0[123]$/ },
        60,
        'default',
      ),
    ],
  }),
  repeatedStep({
    id: 'start',
    title: { en: 'Start what was stopped', 'zh-CN': '重新启动已停止的进程' },
    says: {
      en: 'kube.controller01 is back. It does not take the lead again: it waits, as the others did.',
      'zh-CN': 'kube.controller01 恢复。它不会夺回领导权：像其他机器之前那样等待。',
    },
    actions: [
      { do: 'startComponent', component: 'kube-scheduler' },
      { do: 'startComponent', component: 'kube-controller-manager' },
    ],
    enabled: (view) => !isFirst('kube-scheduler')(view) || !isFirst('kube-controller-manager')(view),
    expects: [
      lasting(60, leads('kube-scheduler', OTHERS, 5)),
      lasting(60, leads('kube-controller-manager', OTHERS, 5)),
    ],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete',
    title: { en: 'Delete it', 'zh-CN': '删除应用' },
    says: { en: 'The deployment and its pods go.', 'zh-CN': '部署和它的 Pod 被删除。' },
    expects: [rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default')],
  }),
];

/** A control plane of three machines, and who leads it. */
export const haControlPlane: ScenarioScript = {
  name: 'ha-control-plane',
  title: { en: 'A control plane of three', 'zh-CN': '三台机器的控制平面' },
  about: {
    en: 'Three schedulers and three controller-managers, of which one leads: what the others do when it dies.',
    'zh-CN': '三个调度器和三个控制器管理器，各有一个领导者：它停止后其他的会怎样。',
  },
  cluster: haControlPlaneCluster,
  manifests,
  expects: [
    ...haControlPlaneCluster.nodes.map(({ name }) => printed('Node', name, { STATUS: 'Ready', VERSION: 'v1.6.0' }, 5)),
    printed('Service', 'kubernetes', { 'CLUSTER-IP': '192.168.0.1' }, 1),
    healthy('scheduler'),
    healthy('controller-manager'),
    ...[0, 1, 2].map((index) =>
      printed(
        'ComponentStatus',
        `etcd-${index}`,
        { STATUS: 'Unhealthy', MESSAGE: /remote error: tls: bad certificate$/ },
        5,
      ),
    ),
    leads('kube-scheduler', FIRST, 5),
    leads('kube-controller-manager', FIRST, 5),
  ],
  steps,
};
