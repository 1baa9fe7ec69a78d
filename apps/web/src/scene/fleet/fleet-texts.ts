import type { FleetGroup, Grouping } from '../../layout/fleet/plan.ts';

/** The words of the fleet's picture. Kubernetes' own terms are never translated, and numbers come as numbers. */
export interface FleetTexts {
  /** The title of a group that gathers what has no zone, no owner, no such label. */
  untitled(grouping: Grouping): string;
  /** The title of the pods that are on no node, where nodes are gathered. */
  unplaced: string;
  /** What is said beside a group's title: how much it holds, and of that how much is not well. */
  heading(group: Pick<FleetGroup, 'nodes' | 'pods' | 'troubled'>): string;
  /** The number of what a group holds, where there is no room for more. */
  amount(group: Pick<FleetGroup, 'nodes' | 'pods'>): string;
  pod(name: string, status: string, node: string | null): string;
  /** A tile: the name of a node or of a group, its state if it has one, and its pods. */
  tile(name: string, state: string | null, pods: number): string;
  readyOf(ready: number, of: number): string;
  restarts(count: number): string;
  noNode: string;
  /** What the facts of a pod are of. */
  facts: Record<'image' | 'restarts' | 'node' | 'namespace' | 'requests' | 'limits', string>;
}

const en = new Intl.NumberFormat('en');
const zh = new Intl.NumberFormat('zh-CN');
const count = (n: number, one: string, many: string) => `${en.format(n)} ${n === 1 ? one : many}`;

/** The words in English. */
export const fleetTextsEn: FleetTexts = {
  untitled: (grouping) =>
    ({
      zone: 'No zone',
      pool: 'No pool',
      namespace: 'No namespace',
      workload: 'No workload',
      owner: 'No owner',
      image: 'No image',
      phase: 'No phase',
      label: `No label ${grouping.by === 'label' ? grouping.key : ''}`,
    })[grouping.by],
  unplaced: 'On no node',
  heading: ({ nodes, pods, troubled }) => {
    const all = nodes > 0 ? count(nodes, 'node', 'nodes') : count(pods, 'pod', 'pods');
    if (troubled === 0) return all;
    return `${all}, ${en.format(troubled)} ${troubled === 1 ? 'needs' : 'need'} attention`;
  },
  amount: ({ nodes, pods }) => en.format(nodes > 0 ? nodes : pods),
  pod: (name, status, node) => `Pod ${name}, ${status}, ${node ?? 'on no node'}`,
  tile: (name, state, pods) => [name, state, count(pods, 'pod', 'pods')].filter((part) => part !== null).join(', '),
  readyOf: (ready, of) => `${ready} of ${of} ready`,
  restarts: (n) => count(n, 'restart', 'restarts'),
  noNode: 'on no node',
  facts: {
    image: 'Image',
    restarts: 'Restarts',
    node: 'Node',
    namespace: 'Namespace',
    requests: 'Requests',
    limits: 'Limits',
  },
};

/** The words in Chinese. */
export const fleetTextsZh: FleetTexts = {
  untitled: (grouping) =>
    ({
      zone: '无可用区',
      pool: '无节点池',
      namespace: '无命名空间',
      workload: '无工作负载',
      owner: '无所有者',
      image: '无镜像',
      phase: '无阶段',
      label: `无标签 ${grouping.by === 'label' ? grouping.key : ''}`,
    })[grouping.by],
  unplaced: '不在任何节点上',
  heading: ({ nodes, pods, troubled }) => {
    const all = nodes > 0 ? `${zh.format(nodes)} 个节点` : `${zh.format(pods)} 个 Pod`;
    return troubled === 0 ? all : `${all}，${zh.format(troubled)} 个需要关注`;
  },
  amount: ({ nodes, pods }) => zh.format(nodes > 0 ? nodes : pods),
  pod: (name, status, node) => `Pod ${name}，${status}，${node ?? '未分配节点'}`,
  tile: (name, state, pods) => [name, state, `${zh.format(pods)} 个 Pod`].filter((part) => part !== null).join('，'),
  readyOf: (ready, of) => `${of} 个中 ${ready} 个就绪`,
  restarts: (n) => `重启 ${zh.format(n)} 次`,
  noNode: '未分配节点',
  facts: {
    image: '镜像',
    restarts: '重启次数',
    node: '节点',
    namespace: '命名空间',
    requests: '请求',
    limits: '上限',
  },
};
