import type { Entity, NodeEntity } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { createI18n } from '../../i18n/i18n.tsx';
import { graphOf, sampleLoosePod, sampleNode } from '../../testing/sample-cluster.ts';
import { fleetOf } from '../../testing/sample-fleet.ts';
import { fleetTitle } from './fleet-title.ts';

function title(language: 'en' | 'zh-CN', ...entities: Entity[]): string {
  const nodes = entities.filter((one): one is NodeEntity => one.kind === 'Node');
  return fleetTitle(fleetOf(graphOf(entities)).counts, nodes, createI18n(language));
}

const bad = (name: string, zone: string) => sampleNode(name, { status: 'NotReady', zone });
const crashing = (name: string) => sampleLoosePod(name, { status: 'CrashLoopBackOff', isReady: false });

describe('the verdict over the fleet', () => {
  it('[P77] speaks of nodes before pods, and says where most of them are', () => {
    expect(title('en', bad('n1', 'a'), bad('n2', 'a'), bad('n3', 'b'), crashing('p'))).toBe(
      '3 nodes are NotReady, 2 of them in a',
    );
  });

  it('[P77] of pods that fail, names what most of them are in', () => {
    const others = [sampleLoosePod('x', { status: 'ImagePullBackOff', isReady: false })];
    expect(title('en', sampleNode('n1'), crashing('p'), crashing('q'), ...others)).toBe(
      '2 pods are in CrashLoopBackOff, 1 more failing',
    );
    expect(title('zh-CN', sampleNode('n1'), crashing('p'))).toBe('1 个 Pod 处于 CrashLoopBackOff');
  });

  it('[P77] says what waits for a node, and else that all is well', () => {
    const waiting = sampleLoosePod('w', { status: 'Pending', isReady: false, node: null });
    expect(title('en', sampleNode('n1'), waiting)).toBe('1 pod has no node yet');
    expect(title('en', sampleNode('n1'), sampleNode('n2'), sampleLoosePod('a'))).toBe(
      'All 2 nodes are Ready, and no pod fails',
    );
    expect(title('zh-CN', sampleNode('n1'), sampleNode('n2'))).toBe('全部 2 个节点 Ready，没有失败的 Pod');
  });
});
