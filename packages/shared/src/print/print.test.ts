import { describe, expect, it } from 'vitest';
import type { Job } from '../api/workloads.ts';
import { aNode, aService, metadata } from '../testing/objects.ts';
import { printJobCompletions, printJobStatus } from './job.ts';
import { printNodeRoles, printNodeStatus } from './node.ts';
import { externalAddresses, printExternalIP, printPorts } from './service.ts';

describe('a node', () => {
  it.each([
    ['True', false, 'Ready'],
    ['False', false, 'NotReady'],
    ['Unknown', true, 'NotReady,SchedulingDisabled'],
    ['True', true, 'Ready,SchedulingDisabled'],
  ] as const)('[K9] with Ready=%s and unschedulable=%s reads %s', (status, unschedulable, text) => {
    const conditions = [{ type: 'Ready', status }];
    expect(printNodeStatus(aNode('n', { spec: { unschedulable }, status: { conditions } }))).toBe(text);
  });

  it('[K9] without the condition Ready reads Unknown', () => {
    expect(printNodeStatus(aNode('n', { status: {} }))).toBe('Unknown');
  });

  it('[K9] has its roles sorted, from either label', () => {
    const labels = {
      'node-role.kubernetes.io/master': '',
      'kubernetes.io/role': 'edge',
      'node-role.kubernetes.io/a': '',
    };
    expect(printNodeRoles(labels)).toBe('a,edge,master');
    expect(printNodeRoles({ 'node-role.kubernetes.io/': '', app: 'x' })).toBe('<none>');
    expect(printNodeRoles(undefined)).toBe('<none>');
  });
});

describe('a service', () => {
  const ingress = [{ ip: '35.225.226.94' }, { hostname: 'balancer.example.com' }];

  it('[K10] of type LoadBalancer waits as <pending>, then shows its addresses, clipped unless wide', () => {
    expect(printExternalIP(aService('s', { type: 'LoadBalancer' }))).toBe('<pending>');
    const served = aService('s', { type: 'LoadBalancer', externalIPs: ['1.2.3.4'] }, { loadBalancer: { ingress } });
    expect(printExternalIP(served)).toBe('35.225.226.94...,1.2.3.4');
    expect(printExternalIP(served, true)).toBe('35.225.226.94,balancer.example.com,1.2.3.4');
    expect(externalAddresses(served)).toEqual(['35.225.226.94', 'balancer.example.com', '1.2.3.4']);
  });

  it('[K10] of another type shows its external addresses or <none>, an ExternalName its name', () => {
    expect(printExternalIP(aService('s', { type: 'NodePort' }))).toBe('<none>');
    expect(printExternalIP(aService('s', { externalIPs: ['1.2.3.4', '1.2.3.5'] }))).toBe('1.2.3.4,1.2.3.5');
    expect(printExternalIP(aService('s', { type: 'ExternalName', externalName: 'db.example.com' }))).toBe(
      'db.example.com',
    );
  });

  it('[K10] shows its ports with their node ports', () => {
    expect(
      printPorts([
        { port: 80, nodePort: 30001 },
        { port: 53, protocol: 'UDP' },
      ]),
    ).toBe('80:30001/TCP,53/UDP');
    expect(printPorts(undefined)).toBe('<none>');
  });
});

describe('a job', () => {
  const job = (parts: Partial<Job['spec']>, status?: Job['status'], deleted = false): Job => ({
    metadata: metadata('j', deleted ? { deletionTimestamp: '2026-11-21T09:10:00Z' } : {}),
    spec: { template: { spec: { containers: [] } }, ...parts },
    status,
  });
  const holds = (type: string) => ({ conditions: [{ type, status: 'True' as const }] });

  it.each([
    [job({}, holds('Complete')), 'Complete'],
    [job({}, holds('Failed'), true), 'Failed'],
    [job({}, {}, true), 'Terminating'],
    [job({}, holds('Suspended')), 'Suspended'],
    [job({}, holds('FailureTarget')), 'FailureTarget'],
    [job({}), 'Running'],
  ])('[K11] has its status from its conditions (%#)', (subject, status) => {
    expect(printJobStatus(subject)).toBe(status);
  });

  it('[K11] has its completions', () => {
    expect(printJobCompletions(job({ completions: 5 }, { succeeded: 2 }))).toBe('2/5');
    expect(printJobCompletions(job({ parallelism: 3 }))).toBe('0/1 of 3');
    expect(printJobCompletions(job({ parallelism: 1 }, { succeeded: 1 }))).toBe('1/1');
  });
});
