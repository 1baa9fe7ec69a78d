import type { KubeObject } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { startLab } from '../../testing/lab.ts';
import type { ControlPlaneFacts } from './facts.ts';

const three = (election: Partial<ControlPlaneFacts['election']> = {}): { controlPlane: ControlPlaneFacts } => ({
  controlPlane: {
    hosts: ['kube.controller01', 'kube.controller02', 'kube.controller03'],
    election: { leaseSeconds: 15, retrySeconds: 2, lock: 'leases', identity: 'host_uuid', ...election },
  },
});

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'web:1'}]}}
`;

describe('the processes of the control plane', () => {
  const ref = { namespace: 'kube-system', name: 'kube-scheduler' };
  type Lease = KubeObject & {
    spec: { holderIdentity: string; leaseDurationSeconds: number; leaseTransitions: number };
  };

  it('[M160] the leader renews its lease, and another takes it over when it has run out', () => {
    const lab = startLab(three());
    const lease = () => lab.store.need('leases.coordination.k8s.io', ref) as Lease;
    const renewals = lab.record('leases.coordination.k8s.io');
    lab.seconds(20);
    expect(renewals.filter(({ object }) => object.metadata.name === 'kube-scheduler')).toHaveLength(10);
    const first = lease().spec.holderIdentity;
    expect(first).toMatch(/^kube\.controller01_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    lab.components.stop('kube-scheduler');
    lab.seconds(12.9);
    expect(lease().spec).toMatchObject({ holderIdentity: first, leaseDurationSeconds: 15, leaseTransitions: 0 });
    expect(lab.components.leader('kube-scheduler')).toBeUndefined();
    lab.seconds(6.5);
    const leader = lab.components.leader('kube-scheduler');
    expect(leader).toMatch(/^kube\.controller0[23]$/);
    expect(lease().spec).toMatchObject({ leaseTransitions: 1 });
    const told = lab.store
      .list('events', 'kube-system')
      .filter(({ involvedObject }) => involvedObject.kind === 'Lease');
    expect(told.map(({ message }) => message)).toContain(`${lease().spec.holderIdentity} became leader`);
    expect(lab.components.leader('kube-controller-manager')).toBe('kube.controller01');
  });

  it('[M160] versions before 1.20 write their leader into an annotation of Endpoints', () => {
    const lab = startLab(three({ leaseSeconds: 150, retrySeconds: 20, lock: 'endpoints', identity: 'host' }));
    const text = () =>
      lab.store.need('endpoints', ref).metadata.annotations?.['control-plane.alpha.kubernetes.io/leader'] ?? '';
    expect(JSON.parse(text())).toMatchObject({ holderIdentity: 'kube.controller01', leaseDurationSeconds: 150 });
    expect(lab.store.get('leases.coordination.k8s.io', ref)).toBeUndefined();
    lab.components.stop('kube-scheduler', 'kube.controller01');
    lab.seconds(200);
    expect(JSON.parse(text())).toMatchObject({ leaderTransitions: 1 });
    expect(JSON.parse(text()).holderIdentity).not.toBe('kube.controller01');
  });

  it('[M161] without a controller-manager nothing reconciles, without a scheduler nothing is placed, until one leads', () => {
    const lab = startLab(three());
    const pods = () => lab.store.list('pods', 'default');
    for (const { host } of lab.components.candidates('kube-controller-manager')) {
      lab.components.stop('kube-controller-manager', host);
    }
    lab.create(deployment);
    lab.seconds(120);
    expect(pods()).toEqual([]);
    lab.components.stop('kube-scheduler', 'kube.controller01');
    lab.components.start('kube-controller-manager', 'kube.controller02');
    lab.seconds(1);
    expect(pods().map(({ spec }) => spec.nodeName)).toEqual([undefined, undefined]);
    lab.seconds(20);
    expect(pods().every(({ spec }) => spec.nodeName !== undefined)).toBe(true);
  });

  it('[M161] a machine that does not run a component is refused', () => {
    const lab = startLab(three());
    expect(() => lab.components.stop('kube-scheduler', 'node1')).toThrow(
      'no kube-scheduler runs on "node1": it runs on kube.controller01, kube.controller02, kube.controller03',
    );
  });
});
