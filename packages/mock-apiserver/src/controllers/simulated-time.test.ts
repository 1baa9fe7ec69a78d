import { describe, expect, it } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { startLab } from '../testing/lab.ts';
import { EventCorrelator } from './event-correlator.ts';

const deployment = (spec: string, image = 'web:1') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  ${spec}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: '${image}'}]}}
`;

describe.each([1, 50])('time at speed %i', (speed) => {
  const ref = { namespace: 'default', name: 'web' };

  it('[M178] a pod is available after minReadySeconds of the clock', () => {
    const lab = startLab({}, 1, speed);
    lab.create(deployment('minReadySeconds: 60'));
    const at: Record<string, number> = {};
    lab.store.watch('deployments.apps', lab.store.version, ({ object }) => {
      if (object.status?.readyReplicas === 2) at.ready ??= lab.clock.elapsed();
      if (object.status?.availableReplicas === 2) at.available ??= lab.clock.elapsed();
    });
    lab.seconds(200);
    const waited = ((at.available ?? 0) - (at.ready ?? 0)) / 1000;
    expect(waited).toBeGreaterThan(50);
    expect(waited).toBeLessThan(62);
  });

  it('[M178] a rollout that stalls says so after its deadline by the clock, not before', () => {
    const lab = startLab({}, 1, speed);
    lab.create(deployment('progressDeadlineSeconds: 120', 'no-such-image:1'));
    const reason = () =>
      lab.store.need('deployments.apps', ref).status?.conditions?.find(({ type }) => type === 'Progressing')?.reason;
    lab.seconds(110);
    expect(reason()).toBe('ReplicaSetUpdated');
    lab.seconds(20);
    expect(reason()).toBe('ProgressDeadlineExceeded');
  });
});

describe('events', () => {
  const told = (message: string) => ({ source: 's', object: 'o', type: 'Normal', reason: 'R', field: '', message });

  it('[M177] the tenth message with one reason and those after it become one event', () => {
    const correlator = new EventCorrelator(fakeClock());
    const keys = Array.from({ length: 12 }, (_, index) => correlator.correlate(told(`message ${index}`)));
    expect(keys[8]?.message).toBe('message 8');
    expect(keys[9]?.message).toBe('(combined from similar events): message 9');
    expect(keys[10]?.key).toBe(keys[9]?.key);
  });

  it('[M177] a source that tells too much of one object is cut short, and may go on slowly', () => {
    const clock = fakeClock();
    const correlator = new EventCorrelator(clock);
    const count = (times: number) =>
      Array.from({ length: times }, () => correlator.correlate(told('the same'))).filter(Boolean).length;
    expect(count(40)).toBe(25);
    clock.advance(300_000);
    expect(count(40)).toBe(1);
  });
});

describe('garbage', () => {
  const owned = (name: string, uid: string, blocks: boolean) => `
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  finalizers: [example.com/keep]
  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: ${uid}, blockOwnerDeletion: ${blocks}}]
`;

  it('[M179] an owner deleted in the foreground waits for those dependents alone that block it', () => {
    const lab = startLab();
    const ref = (name: string) => ({ namespace: 'default', name });
    const owner = lab.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}');
    lab.create(owned('blocking', owner.metadata.uid, true));
    lab.create(owned('free', owner.metadata.uid, false));
    lab.seconds(1);
    lab.store.delete('configmaps', ref('owner'), { finalizer: 'foregroundDeletion' });
    lab.seconds(1);
    expect(lab.store.get('configmaps', ref('owner'))).toBeDefined();
    expect(lab.store.need('configmaps', ref('blocking')).metadata.deletionTimestamp).toBeDefined();
    expect(lab.store.need('configmaps', ref('free')).metadata.deletionTimestamp).toBeUndefined();
    lab.store.update('configmaps', ref('blocking'), (draft) => {
      draft.metadata.finalizers = [];
      return draft;
    });
    lab.seconds(1);
    expect(lab.store.get('configmaps', ref('owner'))).toBeUndefined();
    expect(lab.store.need('configmaps', ref('free')).metadata.deletionTimestamp).toBeDefined();
  });

  it('[M179] what names an owner of another namespace, or none that exists, goes', () => {
    const lab = startLab();
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.seconds(1);
    const owner = lab.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: team}}');
    lab.create(owned('stray', owner.metadata.uid, false).replace('  finalizers: [example.com/keep]\n', ''));
    lab.create(owned('orphan', 'no-such-uid', false).replace('  finalizers: [example.com/keep]\n', ''));
    lab.seconds(1);
    expect(lab.store.get('configmaps', { namespace: 'default', name: 'stray' })).toBeUndefined();
    expect(lab.store.get('configmaps', { namespace: 'default', name: 'orphan' })).toBeUndefined();
  });
});
