import { describe, expect, it } from 'vitest';
import type { Container, ContainerStatus, PodSpec, PodStatus, ResourceList } from '../api/core.ts';
import { aPod, container, containerStatus } from '../testing/objects.ts';
import { project } from './project.ts';
import { ProjectionError } from './projection-error.ts';

const asking = (name: string, requests: ResourceList, limits?: ResourceList, more: Partial<Container> = {}) =>
  container(name, { resources: { requests, ...(limits && { limits }) }, ...more });
const sidecar = (name: string, requests: ResourceList, limits?: ResourceList) =>
  asking(name, requests, limits, { restartPolicy: 'Always' });

function resourcesOf(spec: Partial<PodSpec>, status?: PodStatus) {
  const { requests, limits } = project('Pod', aPod({ spec, status }));
  return { requests, limits };
}

const cpu = (spec: Partial<PodSpec>, status?: PodStatus) => {
  const { requests, limits } = resourcesOf(spec, status);
  return [requests?.cpu ?? null, limits?.cpu ?? null];
};

describe('what a pod asks for', () => {
  it('[K43] is the sum of its containers, cpu in millicores and memory in bytes', () => {
    const containers = [
      asking('a', { cpu: '100m', memory: '64Mi' }, { memory: '128Mi' }),
      asking('b', { cpu: '1', 'ephemeral-storage': '1Gi' }),
    ];
    expect(resourcesOf({ containers })).toEqual({
      requests: { cpu: 1100, memory: 64 * 2 ** 20 },
      limits: { cpu: null, memory: 128 * 2 ** 20 },
    });
  });

  it('[K43] is null where nothing is asked for, and zero where zero is', () => {
    expect(resourcesOf({ containers: [container('a')] })).toEqual({ requests: null, limits: null });
    expect(resourcesOf({ containers: [asking('a', { cpu: '0' })] }).requests).toEqual({ cpu: 0, memory: null });
  });

  // The cases of KEP-753, "Resources calculation for scheduling and pod admission".
  it.each<[string, Container[], Container[], number]>([
    ['an init container that takes less', [asking('i', { cpu: '1' })], [asking('a', { cpu: '2' })], 2000],
    ['an init container that takes more', [asking('i', { cpu: '5' })], [asking('a', { cpu: '2' })], 5000],
    [
      'the greatest of several',
      [asking('i', { cpu: '5' }), asking('j', { cpu: '6' })],
      [asking('a', { cpu: '2' })],
      6000,
    ],
    ['a sidecar, beside the containers', [sidecar('s', { cpu: '1' })], [asking('a', { cpu: '2' })], 3000],
    [
      'an init container beside the sidecar before it',
      [sidecar('s', { cpu: '2' }), asking('i', { cpu: '4' })],
      [asking('a', { cpu: '3' })],
      6000,
    ],
    [
      'an init container without the sidecar after it',
      [asking('i', { cpu: '4' }), sidecar('s', { cpu: '2' })],
      [asking('a', { cpu: '1' })],
      4000,
    ],
    [
      'several sidecars around one',
      [sidecar('s', { cpu: '1' }), asking('i', { cpu: '5' }), sidecar('t', { cpu: '3' })],
      [asking('a', { cpu: '2' })],
      6000,
    ],
    ['init containers where the containers ask nothing', [asking('i', { cpu: '2' })], [container('a')], 2000],
  ])('[K43] counts %s', (_name, initContainers, containers, requested) => {
    expect(cpu({ initContainers, containers })).toEqual([requested, null]);
  });

  it('[K43] adds the overhead to requests, and to limits where there are any', () => {
    const overhead = { cpu: '250m', memory: '120Mi' };
    expect(cpu({ overhead, containers: [asking('a', { cpu: '1' }, { cpu: '2' })] })).toEqual([1250, 2250]);
    expect(cpu({ overhead, containers: [asking('a', { cpu: '1' })] })).toEqual([1250, null]);
    expect(cpu({ overhead, containers: [container('a')] })).toEqual([250, null]);
    expect(cpu({ overhead, containers: [asking('a', { cpu: '1' }, { cpu: '0' })] })).toEqual([1250, 0]);
  });

  it('[K43] is what the pod itself asks for, resource by resource, where it does', () => {
    const containers = [asking('a', { cpu: '1', memory: '1Ki' }, { cpu: '2' })];
    const resources = { requests: { cpu: '4' }, limits: { cpu: '8', memory: '2Ki' } };
    expect(resourcesOf({ containers, resources, overhead: { cpu: '1' } })).toEqual({
      requests: { cpu: 5000, memory: 1024 },
      limits: { cpu: 9000, memory: 2048 },
    });
  });

  describe('while its resources change in place', () => {
    const containers = [asking('a', { cpu: '2' }, { cpu: '4' })];
    const status = (allocated: string, used: string, limit: string): ContainerStatus =>
      containerStatus('a', {
        allocatedResources: { cpu: allocated },
        resources: { requests: { cpu: used }, limits: { cpu: limit } },
      });

    it.each<[string, ContainerStatus, number, number]>([
      ['asked', status('1', '1', '2'), 2000, 4000],
      ['set aside', status('3', '1', '2'), 3000, 4000],
      ['in use', status('1', '4', '8'), 4000, 8000],
    ])('[K43] is the most of what is %s', (_name, own, requested, limited) => {
      expect(cpu({ containers }, { containerStatuses: [own] })).toEqual([requested, limited]);
    });

    it('[K43] leaves out what is asked where the node can never have it', () => {
      const conditions = [{ type: 'PodResizePending', status: 'True' as const, reason: 'Infeasible' }];
      expect(cpu({ containers }, { containerStatuses: [status('1', '1', '2')], conditions })).toEqual([1000, 2000]);
    });

    it('[K43] counts what is set aside for a sidecar', () => {
      const initContainers = [sidecar('s', { cpu: '1' })];
      const own = containerStatus('s', { allocatedResources: { cpu: '2' } });
      expect(cpu({ initContainers, containers }, { initContainerStatuses: [own] })).toEqual([4000, 4000]);
    });
  });

  it('[K2] is one shared object for all that ask alike', () => {
    const of = (name: string) => project('Pod', aPod({ name, spec: { containers: [asking('a', { cpu: '1' })] } }));
    expect(of('a').requests).toBe(of('b').requests);
  });

  it('[K3] that is no quantity is refused, quoting nothing', () => {
    const attempt = () => resourcesOf({ containers: [asking('a', { cpu: 'canary' })] });
    expect(attempt).toThrow(ProjectionError);
    expect(attempt).not.toThrow('canary');
  });
});
