import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';
import { isReady } from '../pod-state.ts';

const FIVE = {
  nodes: [1, 2, 3, 4, 5].map((index) => ({
    name: `n${index}`,
    address: `10.0.0.${index}`,
    podCIDR: `10.1.${index}.0/24`,
    cpu: '4',
    memory: '8Gi',
  })),
};

const manifest = (strategy: string) => `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  updateStrategy: {rollingUpdate: {${strategy}}}
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {nodeSelector: {disk: ssd}, containers: [{name: c, image: 'agent:1'}]}
`;

describe('a DaemonSet', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'agent' };
  const pods = () => lab.store.list('pods', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);
  const label = (node: string, labels: Record<string, string>) =>
    lab.store.update('nodes', { name: node }, (draft) => {
      draft.metadata.labels = { ...draft.metadata.labels, ...labels };
      return draft;
    });
  const setImage = (image: string) =>
    lab.store.update('daemonsets.apps', ref, (draft) => {
      for (const container of draft.spec.template.spec.containers) container.image = image;
      return draft;
    });

  beforeEach(() => {
    lab = startLab(FIVE);
    for (const { name } of FIVE.nodes) label(name, { disk: 'ssd' });
  });

  it('[M166] follows nodes and their labels, binds each pod by affinity and gives it its tolerations', () => {
    label('n5', { disk: 'hdd' });
    lab.create(manifest('maxUnavailable: 1'));
    lab.seconds(40);
    expect(pods().map(({ spec }) => spec.nodeName)).toHaveLength(4);
    const [pod] = pods();
    expect(pod?.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toEqual({
      nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [pod?.spec.nodeName] }] }],
    });
    const tolerated = pod?.spec.tolerations?.map(({ key, effect }) => `${key?.split('/')[1]}:${effect}`);
    expect(tolerated).toEqual(
      expect.arrayContaining([
        'not-ready:NoExecute',
        'unreachable:NoExecute',
        'disk-pressure:NoSchedule',
        'memory-pressure:NoSchedule',
        'pid-pressure:NoSchedule',
        'unschedulable:NoSchedule',
      ]),
    );
    label('n5', { disk: 'ssd' });
    label('n1', { disk: 'hdd' });
    lab.seconds(40);
    expect(
      pods()
        .map(({ spec }) => spec.nodeName)
        .sort(),
    ).toEqual(['n2', 'n3', 'n4', 'n5']);
    expect(lab.store.need('daemonsets.apps', ref).status).toMatchObject({ desiredNumberScheduled: 4, numberReady: 4 });
  });

  it('[M166] replaces its pods, no more at a time than may be unavailable', () => {
    lab.create(manifest('maxUnavailable: 2'));
    lab.seconds(40);
    const events = lab.record('daemonsets.apps');
    setImage('agent:2');
    lab.seconds(120);
    expect(Math.max(...events.map(({ object }) => object.status?.numberUnavailable ?? 0))).toBe(2);
    expect(new Set(pods().map(({ spec }) => spec.containers[0]?.image))).toEqual(new Set(['agent:2']));
    expect(lab.store.need('daemonsets.apps', ref).status).toMatchObject({
      updatedNumberScheduled: 5,
      numberAvailable: 5,
    });
  });

  it('[M166] with a surge starts the new pod beside the old one, and never misses one', () => {
    lab.create(manifest('maxSurge: 1, maxUnavailable: 0'));
    lab.seconds(40);
    const nodesServed: number[] = [];
    lab.store.watch('pods', lab.store.version, () => {
      const ready = lab.store.list('pods', 'default').filter(isReady);
      nodesServed.push(new Set(ready.map(({ spec }) => spec.nodeName)).size);
    });
    setImage('agent:2');
    lab.seconds(200);
    expect(Math.min(...nodesServed)).toBe(5);
    expect(pods()).toHaveLength(5);
    expect(new Set(pods().map(({ spec }) => spec.containers[0]?.image))).toEqual(new Set(['agent:2']));
  });
});
