import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';

const workload = (kind: string, apiVersion: string, spec: string, restart = 'Always') => `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: w}
spec:
  ${spec}
  template:
    metadata: {labels: {app: w}}
    spec: {restartPolicy: ${restart}, containers: [{name: c, image: 'nginx:1'}]}
`;

describe('StatefulSets, DaemonSets and Jobs', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'w' };
  const names = () => lab.store.list('pods', 'default').map(({ metadata }) => metadata.name);

  beforeEach(() => {
    lab = startLab();
  });

  it('[M35] a StatefulSet starts in order, each ready before the next, and goes down from the top', () => {
    const events = lab.record('pods');
    lab.create(
      workload('StatefulSet', 'apps/v1', 'replicas: 3\n  serviceName: w\n  selector: {matchLabels: {app: w}}'),
    );
    lab.seconds(60);
    const story = events
      .filter(({ type, object }) => type === 'ADDED' || object.status?.containerStatuses?.[0]?.ready)
      .map(({ type, object }) => `${object.metadata.name} ${type === 'ADDED' ? 'made' : 'ready'}`);
    expect(story).toEqual(['w-0 made', 'w-0 ready', 'w-1 made', 'w-1 ready', 'w-2 made', 'w-2 ready']);
    lab.store.update('statefulsets.apps', ref, (draft) => {
      draft.spec.replicas = 1;
      return draft;
    });
    const leaving = lab.record('pods');
    lab.seconds(30);
    expect(leaving.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.name)).toEqual([
      'w-2',
      'w-1',
    ]);
    expect(lab.store.need('statefulsets.apps', ref).status).toMatchObject({ replicas: 1, readyReplicas: 1 });
  });

  it('[M36] a DaemonSet has one pod on each node, cordoned ones too', () => {
    lab.store.update('nodes', { name: 'node1' }, (node) => {
      node.spec = { ...node.spec, unschedulable: true };
      return node;
    });
    lab.create(workload('DaemonSet', 'apps/v1', 'selector: {matchLabels: {app: w}}'));
    lab.seconds(30);
    const nodes = lab.store.list('pods', 'default').map(({ spec }) => spec.nodeName);
    expect(nodes.sort()).toEqual(['node1', 'node2']);
    expect(lab.store.need('daemonsets.apps', ref).status).toMatchObject({ desiredNumberScheduled: 2, numberReady: 2 });
  });

  it('[M37] a Job runs its completions, no more at a time than its parallelism, and is Complete', () => {
    const events = lab.record('jobs.batch');
    lab.create(workload('Job', 'batch/v1', 'completions: 3\n  parallelism: 2', 'Never'));
    lab.seconds(60);
    expect(Math.max(...events.map(({ object }) => object.status?.active ?? 0))).toBe(2);
    const { status } = lab.store.need('jobs.batch', ref);
    expect(status).toMatchObject({ succeeded: 3 });
    expect(status?.conditions?.at(-1)).toMatchObject({ type: 'Complete', status: 'True' });
    expect(names()).toHaveLength(3);
  });
});
