import { gone, rolledOut } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import { startChurn } from './churn.ts';
import { Prehistory } from './fill.ts';
import { nodesOf } from './nodes.ts';
import { type ClusterSize, sizeOf } from './size.ts';

const manifests = manifestsBeside(import.meta.url);
const FILES = Object.keys(manifests);
const RELEASE = { kind: 'Deployment', name: 'release' } as const;

const steps: readonly Step[] = [
  createStep(manifests, FILES, {
    id: 'create-release',
    title: { en: 'Create release', 'zh-CN': '创建 release' },
    says: {
      en: 'Forty pods at once: the scheduler spreads them over the nodes that have room.',
      'zh-CN': '一次创建四十个 Pod：调度器把它们分散到有空间的节点上。',
    },
    expects: [rolledOut('release', 40, 90)],
  }),
  repeatedStep({
    id: 'roll-out-release',
    title: { en: 'Roll it out again', 'zh-CN': '重新滚动更新' },
    says: {
      en: 'All forty are replaced, a quarter at a time, while the rest of the cluster goes on.',
      'zh-CN': '四十个 Pod 全部替换，每次四分之一，集群其余部分照常运行。',
    },
    actions: [{ do: 'restart', ...RELEASE }],
    enabled: ({ store }) => store.get('deployments.apps', { namespace: 'default', name: 'release' }) !== undefined,
    expects: [rolledOut('release', 40, 300)],
  }),
  deleteStep(manifests, FILES, {
    id: 'delete-release',
    title: { en: 'Delete it', 'zh-CN': '删除' },
    says: { en: 'It goes, and its pods after it.', 'zh-CN': '它被删除，随后是它的 Pod。' },
    expects: [gone('Deployment', 'release', 30)],
  }),
];

/** A synthetic cluster of this size: see `Prehistory` for what is in it, `startChurn` for what goes on there. */
export function largeScenario(asked: Partial<ClusterSize> = {}): ScenarioScript {
  const size = sizeOf(asked);
  return {
    name: 'large',
    title: { en: 'A large cluster', 'zh-CN': '大型集群' },
    about: {
      en: `${size.nodes} nodes in three zones and ${size.pods} pods in a seeded mix of states, with ${size.churn} changes a second.`,
      'zh-CN': `三个可用区的 ${size.nodes} 个节点和 ${size.pods} 个 Pod，状态各异，每秒 ${size.churn} 次变化。`,
    },
    cluster: {
      nodes: nodesOf(size),
      services: { cidr: '172.16.0.0/12', reserved: { 'default/kubernetes': '172.16.0.1' } },
      images: [
        { pattern: /no-such/, exists: false, pullMs: [900, 1500], againMs: [900, 1500] },
        { pattern: /./, exists: true, pullMs: [1500, 4500], againMs: [200, 600] },
      ],
    },
    manifests,
    steps,
    fill: (filling) => new Prehistory(filling, size).write(),
    live: (living) => startChurn(living, size.churn),
    sized: largeScenario,
  };
}
