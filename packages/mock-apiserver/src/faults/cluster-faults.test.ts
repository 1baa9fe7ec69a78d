import type { Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { guestbookCluster } from '../scenarios/guestbook/cluster.ts';
import { ANY_IMAGE } from '../scenarios/images.ts';
import { type Lab, startLab } from '../testing/lab.ts';
import { ApiFaults } from './api-faults.ts';
import { createFaults, type FaultControl } from './create-faults.ts';
import { FaultError } from './faults.ts';

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry:5000/web:1.0', ports: [{containerPort: 80}]}]}
`;
const WEB = { namespace: 'default', name: 'web' };

describe('faults of the cluster', () => {
  let lab: Lab;
  let faults: FaultControl;
  const nodes = guestbookCluster.nodes.map((node, index) => ({ ...node, zone: `zone-${index % 2}` }));
  const pods = (): Pod[] => lab.store.list('pods', 'default');
  const first = () => {
    const [pod] = pods();
    if (!pod) throw new Error('there is no pod');
    return pod;
  };
  const target = () => `default/${first().metadata.name}`;
  /** Whether a node's lease has been renewed of late. */
  const beats = (node: string) => {
    const lease = lab.store.need('leases.coordination.k8s.io', { namespace: 'kube-node-lease', name: node });
    return lab.clock.now() - Date.parse(lease.spec?.renewTime ?? '') < 15_000;
  };
  const container = () => first().status?.containerStatuses?.[0];
  const choices = (kind: string, id: string) => {
    const param = faults
      .catalogue()
      .find((row) => row.id === kind)
      ?.params.find((candidate) => candidate.id === id);
    return param && 'choices' in param ? param.choices : undefined;
  };
  const refusal = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof FaultError) return `${error.reason}: ${error.message}`;
      throw error;
    }
    return 'done';
  };

  beforeEach(() => {
    lab = startLab({ nodes, images: [ANY_IMAGE] });
    faults = createFaults({ cluster: lab, api: new ApiFaults(lab.clock), wall: lab.clock, random: seededRandom(1) });
    lab.create(DEPLOYMENT);
    lab.seconds(20);
  });

  it('[M225] offers the nodes, zones, pods and deployments that there are', () => {
    expect(choices('node-down', 'node')).toEqual(['node1', 'node2']);
    expect(choices('zone-down', 'zone')).toEqual(['zone-0', 'zone-1']);
    expect(choices('failing-probe', 'pod')).toEqual(pods().map(({ metadata }) => `default/${metadata.name}`));
    expect(choices('missing-image', 'deployment')).toEqual(['default/web']);
    expect(refusal(() => faults.inject('node-down', { node: 'node9' }))).toBe(
      'badParam: fault "node-down" cannot have node "node9": choose one of node1, node2',
    );
  });

  it('[M225] a node that is down is silent, and beats again once cleared', () => {
    const { handle } = faults.inject('node-down', { node: 'node2' });
    expect(refusal(() => faults.inject('node-down', { node: 'node2' }))).toBe(
      'refused: node2 is down already: clear that first',
    );
    lab.seconds(60);
    expect([beats('node1'), beats('node2')]).toEqual([true, false]);
    faults.clear(handle);
    lab.seconds(30);
    expect(beats('node2')).toBe(true);
  });

  it('[M225] a zone goes down and comes back as one, but for what was down before', () => {
    faults.inject('node-down', { node: 'node1' });
    const zone = faults.inject('zone-down', { zone: 'zone-1' });
    expect(zone.params).toMatchObject({ zone: 'zone-1' });
    lab.seconds(60);
    expect([beats('node1'), beats('node2')]).toEqual([false, false]);
    faults.clear(zone.handle);
    lab.seconds(30);
    expect([beats('node1'), beats('node2')]).toEqual([false, true]);
    faults.clear('all');
    lab.seconds(30);
    expect(beats('node1')).toBe(true);
  });

  it('[M225] a leader that is stopped leads no more; its component rests until it is cleared or another leads', () => {
    const component = 'kube-controller-manager';
    const before = lab.components.leader(component);
    faults.inject('leader-stopped', { component });
    lab.seconds(1);
    expect(lab.components.leader(component)).not.toBe(before);
    expect(refusal(() => faults.inject('leader-stopped', { component }))).toContain('refused: ');
    lab.store.delete('pods', first().metadata);
    lab.seconds(60);
    expect(pods()).toHaveLength(1);
    faults.clear('all');
    lab.seconds(60);
    expect(lab.components.leader(component)).toBe(before);
    expect(pods()).toHaveLength(2);
  });

  it('[M226] an image that does not exist stalls a rollout; cleared, the image before comes back', () => {
    const image = () => lab.store.get('deployments.apps', WEB)?.spec.template.spec.containers[0]?.image;
    faults.inject('missing-image', { deployment: 'default/web' });
    expect(image()).toBe('registry:5000/web:does-not-exist');
    lab.seconds(10);
    const waiting = pods().map(({ status }) => status?.containerStatuses?.[0]?.state?.waiting?.reason);
    expect(waiting.some((reason) => reason === 'ErrImagePull' || reason === 'ImagePullBackOff')).toBe(true);
    expect(refusal(() => faults.inject('missing-image', { deployment: 'default/web' }))).toContain('refused: ');
    faults.clear('all');
    expect(image()).toBe('registry:5000/web:1.0');
    lab.seconds(30);
    expect(pods().every(({ status }) => status?.containerStatuses?.[0]?.ready)).toBe(true);
  });

  it('[M226] clearing leaves an image alone that somebody has set meanwhile, and a Deployment that is gone', () => {
    const setImage = (image: string) =>
      lab.store.update('deployments.apps', WEB, (draft) => {
        for (const one of draft.spec.template.spec.containers) one.image = image;
        return draft;
      });
    faults.inject('missing-image', { deployment: 'default/web' });
    setImage('web:2.0');
    faults.clear('all');
    expect(lab.store.get('deployments.apps', WEB)?.spec.template.spec.containers[0]?.image).toBe('web:2.0');
    faults.inject('missing-image', { deployment: 'default/web' });
    lab.store.delete('deployments.apps', WEB);
    lab.seconds(10);
    faults.clear('all');
    expect(lab.store.get('deployments.apps', WEB)).toBeUndefined();
  });

  it('[M226] a failing readiness probe makes a pod unready until it is cleared', () => {
    const ready = () => container()?.ready;
    expect(ready()).toBe(true);
    faults.inject('failing-probe', { pod: target(), probe: 'readiness' });
    lab.seconds(40);
    expect(ready()).toBe(false);
    expect(refusal(() => faults.inject('failing-probe', { pod: target() }))).toContain(
      'fails its readiness probe already',
    );
    faults.clear('all');
    lab.seconds(20);
    expect(ready()).toBe(true);
  });

  it('[M226] a container crashes or runs out of memory once, or keeps crashing until it is cleared', () => {
    expect(faults.inject('container-crash', { pod: target(), exitCode: 3 })).toMatchObject({ met: 1, until: null });
    lab.seconds(5);
    expect(container()).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 3 } } });
    faults.inject('oom-kill', { pod: target() });
    lab.seconds(30);
    expect(container()?.lastState?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    expect(faults.active()).toEqual([]);
    const restarts = container()?.restartCount ?? 0;
    faults.inject('crash-loop', { pod: target() });
    lab.seconds(150);
    expect(container()?.restartCount).toBeGreaterThan(restarts + 1);
    expect(faults.active()[0]?.met).toBeGreaterThan(2);
    faults.clear('all');
    lab.seconds(400);
    expect(container()).toMatchObject({ ready: true });
  });

  it('[M226] what is aimed at and gone meanwhile is refused, or forgotten when the fault is cleared', () => {
    const gone = target();
    faults.inject('failing-probe', { pod: gone });
    faults.inject('crash-loop', { pod: gone });
    lab.store.delete('pods', first().metadata);
    lab.seconds(20);
    faults.clear('all');
    expect(refusal(() => faults.inject('container-crash', { pod: gone }))).toContain('badParam');
  });
});
