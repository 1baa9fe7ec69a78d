import { project } from '@portolan/shared';
import { expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { topologyOf } from './select-entities.ts';

it('[H21] the topology leaves out what only tells of others', () => {
  const metadata = { name: 'n1', uid: 'e', resourceVersion: '1', creationTimestamp: '2026-11-21T09:00:00Z' };
  const thing = project('Namespace', namespaceObject('default', '1'));
  const telling = [
    project('NodeMetrics', { metadata, usage: { cpu: '1', memory: '1Gi' } } as never),
    project('PodMetrics', { metadata, containers: [] } as never),
    project('Event', { metadata } as never),
  ];
  expect(topologyOf([thing, ...telling])).toEqual({ nodes: [thing], edges: [] });
});
