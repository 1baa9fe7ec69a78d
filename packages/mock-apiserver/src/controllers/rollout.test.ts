import type { Deployment } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';

const BIG = { nodes: [{ name: 'n1', address: '10.0.0.1', podCIDR: '10.1.0.0/24', cpu: '64', memory: '64Gi' }] };

const deployment = (name: string, spec: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  ${spec}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: 'web:1', imagePullPolicy: Always}]}
`;

describe('a rollout', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'web' };
  const edit = (change: (draft: Deployment) => void) =>
    lab.store.update('deployments.apps', ref, (draft) => {
      change(draft);
      return draft;
    });
  const setImage = (image: string) =>
    edit(({ spec }) => {
      for (const container of spec.template.spec.containers) container.image = image;
    });
  const sets = () => lab.store.list('replicasets.apps', 'default');
  const sizes = () =>
    Object.fromEntries(sets().map(({ spec }) => [spec.template.spec.containers[0]?.image, spec.replicas]));
  const pods = () => lab.store.list('pods', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);
  const scalings = () =>
    lab.store
      .list('events', 'default')
      .filter(({ reason }) => reason === 'ScalingReplicaSet')
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ message = '' }) => message.replace(/.*(up|down) replica set \S+ to /, '$1 '));

  beforeEach(() => {
    lab = startLab(BIG);
  });

  it('[M40] of 10 at 25 % goes new 3, old 8, new 5, then one by one', () => {
    lab.create(deployment('web', 'replicas: 10'));
    lab.seconds(60);
    const events = lab.record('replicasets.apps');
    setImage('web:2');
    lab.seconds(300);
    const steps: string[] = [];
    for (const { object, previous } of events) {
      if (object.spec.replicas === previous?.spec.replicas) continue;
      const which = object.spec.template.spec.containers[0]?.image === 'web:2' ? 'new' : 'old';
      steps.push(`${which} ${object.spec.replicas}`);
    }
    expect(steps.slice(0, 8)).toEqual(['new 3', 'old 8', 'new 5', 'old 7', 'new 6', 'old 6', 'new 7', 'old 5']);
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 10 });
  });

  it('[M41] never has more than the surge nor less available than allowed', () => {
    lab.create(deployment('web', 'replicas: 4\n  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}'));
    lab.seconds(60);
    const events = lab.record('deployments.apps');
    setImage('web:2');
    lab.seconds(300);
    for (const { object } of events) {
      expect(object.status?.replicas ?? 0).toBeLessThanOrEqual(5);
      expect(object.status?.availableReplicas ?? 0).toBeGreaterThanOrEqual(3);
    }
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 4 });
  });

  it('[M42] Recreate ends every old pod before it starts a new one', () => {
    lab.create(deployment('web', 'replicas: 3\n  strategy: {type: Recreate}'));
    lab.seconds(60);
    const events = lab.record('pods');
    setImage('web:2');
    lab.seconds(120);
    const lastGone = events.findLastIndex(({ type }) => type === 'DELETED');
    const firstNew = events.findIndex(({ type }) => type === 'ADDED');
    expect(firstNew).toBeGreaterThan(lastGone);
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 3 });
  });

  it('[M43] going back reuses the old ReplicaSet and raises its revision', () => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(60);
    setImage('web:2');
    lab.seconds(120);
    setImage('web:1');
    lab.seconds(120);
    const revisions = sets().map(({ spec, metadata }) => [
      spec.template.spec.containers[0]?.image,
      metadata.annotations?.['deployment.kubernetes.io/revision'],
      metadata.annotations?.['deployment.kubernetes.io/revision-history'],
    ]);
    expect(revisions).toContainEqual(['web:1', '3', '1']);
    expect(revisions).toContainEqual(['web:2', '2', undefined]);
  });

  it('[M44] a paused one still follows its size, but not its template', () => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(60);
    edit((draft) => {
      draft.spec.paused = true;
    });
    setImage('web:2');
    edit((draft) => {
      draft.spec.replicas = 4;
    });
    lab.seconds(60);
    expect(sizes()).toEqual({ 'web:1': 4 });
    edit((draft) => {
      draft.spec.paused = false;
    });
    lab.seconds(120);
    expect(sizes()).toEqual({ 'web:1': 0, 'web:2': 4 });
  });

  it('[M45] a resize in mid-rollout is shared out in proportion', () => {
    lab.create(deployment('web', 'replicas: 10\n  strategy: {rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}'));
    lab.seconds(60);
    setImage('no-such-image');
    lab.seconds(60);
    expect(sizes()).toEqual({ 'web:1': 8, 'no-such-image': 5 });
    edit((draft) => {
      draft.spec.replicas = 15;
    });
    lab.seconds(10);
    expect(sizes()).toEqual({ 'web:1': 11, 'no-such-image': 7 });
  });

  it('[M77] each pod becomes available when it has been ready long enough, whatever befalls the others meanwhile', () => {
    const counts: number[] = [];
    lab.store.watch('replicasets.apps', lab.store.version, ({ object }) =>
      counts.push(object.status?.availableReplicas ?? 0),
    );
    lab.create(deployment('web', 'replicas: 3\n  minReadySeconds: 8'));
    lab.create(deployment('other', 'replicas: 1'));
    for (let second = 0; second < 60; second++) {
      lab.seconds(1);
      for (const pod of pods()) {
        lab.store.update('pods', pod.metadata, (draft) => {
          draft.metadata.annotations = { tick: String(second) };
          return draft;
        });
      }
    }
    expect(counts).toContain(1);
    expect(lab.store.get('deployments.apps', ref)?.status?.availableReplicas).toBe(3);
  });

  it('[M46] one that cannot go on says so after its deadline', () => {
    lab.create(deployment('web', 'replicas: 2\n  progressDeadlineSeconds: 60'));
    lab.seconds(50);
    setImage('no-such-image');
    lab.seconds(120);
    const conditions = lab.store.get('deployments.apps', ref)?.status?.conditions;
    expect(conditions).toContainEqual(
      expect.objectContaining({ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }),
    );
    const waiting = pods().map(({ status }) => status?.containerStatuses?.[0]?.state?.waiting?.reason);
    expect(waiting.some((reason) => reason === 'ErrImagePull' || reason === 'ImagePullBackOff')).toBe(true);
  });

  it('[M47] keeps as many old revisions as the limit says', () => {
    lab.create(deployment('web', 'replicas: 1\n  revisionHistoryLimit: 1'));
    lab.seconds(30);
    for (const image of ['web:2', 'web:3', 'web:4']) {
      setImage(image);
      lab.seconds(60);
    }
    expect(sizes()).toEqual({ 'web:3': 0, 'web:4': 1 });
  });

  it('[M48] observedGeneration follows, and every scaling is an event', () => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(30);
    edit((draft) => {
      draft.spec.replicas = 3;
    });
    lab.seconds(30);
    const { metadata, status } = lab.store.need('deployments.apps', ref);
    expect(status?.observedGeneration).toBe(metadata.generation);
    expect(scalings()).toEqual(['up 2', 'up 3']);
  });

  it('[M49] a label taken from a pod releases it, given back it is adopted and the newest goes', () => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(30);
    const [pod] = pods();
    if (!pod) throw new Error('no pod');
    const relabel = (labels: Record<string, string>) =>
      lab.store.update('pods', pod.metadata, (draft) => {
        draft.metadata.labels = labels;
        return draft;
      });
    relabel({ app: 'debug' });
    lab.seconds(30);
    expect(pods()).toHaveLength(3);
    expect(lab.store.get('pods', pod.metadata)?.metadata.ownerReferences).toBeUndefined();
    relabel(pod.metadata.labels ?? {});
    lab.seconds(30);
    expect(pods()).toHaveLength(2);
    expect(pods().map(({ metadata }) => metadata.name)).toContain(pod.metadata.name);
  });

  it.each([
    ['Background', 0],
    ['Foreground', 0],
    ['Orphan', 1],
  ])('[M50] deleted with %s, it leaves %i of its ReplicaSets behind', (policy, left) => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(30);
    const finalizer = { Foreground: 'foregroundDeletion', Orphan: 'orphan' }[policy];
    lab.store.delete('deployments.apps', ref, { finalizer });
    lab.seconds(30);
    expect(lab.store.get('deployments.apps', ref)).toBeUndefined();
    expect(sets()).toHaveLength(left);
    expect(pods()).toHaveLength(left * 2);
  });

  it('[M50] deleted in the foreground, it stays until its last pod is gone', () => {
    lab.create(deployment('web', 'replicas: 2'));
    lab.seconds(30);
    lab.store.delete('deployments.apps', ref, { finalizer: 'foregroundDeletion' });
    let moments = 0;
    while (lab.store.list('pods', 'default').length > 0) {
      expect(lab.store.get('deployments.apps', ref)?.metadata.deletionTimestamp).toBeDefined();
      moments += 1;
      lab.seconds(0.2);
    }
    expect(moments).toBeGreaterThan(2);
    lab.seconds(1);
    expect(lab.store.get('deployments.apps', ref)).toBeUndefined();
    expect(sets()).toEqual([]);
  });
});
