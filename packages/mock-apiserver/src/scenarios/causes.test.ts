import type { Pod } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { restartsOf } from '../controllers/pod-state.ts';
import { type Play, playScenario } from '../testing/play.ts';
import { harbor } from './harbor/harbor.ts';
import { kubeSystem } from './kube-system/kube-system.ts';
import { spark } from './spark/spark.ts';

const pods = ({ lab }: Play, namespace: string): Pod[] => lab.store.list('pods', namespace);

/** Restarts by component. */
const restarts = (play: Play) =>
  Object.fromEntries(
    pods(play, 'default').map((pod) => [pod.metadata.labels?.component ?? pod.metadata.labels?.app, restartsOf(pod)]),
  );

describe('what happens in scenarios has its cause', () => {
  it.each([1, 2, 3, 4, 5])(
    '[M245] Harbor restarts what misses something, as often as it misses it (seed %i)',
    (seed) => {
      const play = playScenario(harbor, 1, seed);
      play.step('install');
      expect(restarts(play)).toEqual({
        adminserver: 1,
        clair: 2,
        jobservice: 2,
        mysql: 0,
        registry: 1,
        ui: 0,
        postgresql: 1,
      });
      const ends = play.lab.store
        .list('events', 'default')
        .filter(({ reason, message }) => reason === 'BackOff' && message?.includes('restarting failed container'));
      expect(ends.map(({ involvedObject }) => involvedObject.name?.replace(/-[^-]+-[^-]+$/, '')).sort()).toEqual([
        'hub-harbor-clair',
        'hub-harbor-jobservice',
      ]);
    },
  );

  it('[M245] a container whose needs are met is not started again', () => {
    const play = playScenario(harbor);
    play.step('install');
    play.lab.store.delete(
      'pods',
      pods(play, 'default').find(({ metadata }) => /clair/.test(metadata.name))?.metadata ?? { name: '' },
    );
    play.lab.seconds(120);
    expect(restarts(play)).toMatchObject({ clair: 0 });
  });

  it('[M249] static pods are mirrored: owned by their node, on its network, for good', () => {
    const { lab } = playScenario(kubeSystem);
    const node = lab.store.need('nodes', { name: 'master' });
    const mirror = lab.store.need('pods', { namespace: 'kube-system', name: 'etcd-master' });
    expect(mirror.metadata.ownerReferences).toEqual([
      { apiVersion: 'v1', kind: 'Node', name: 'master', uid: node.metadata.uid, controller: true },
    ]);
    expect(mirror.metadata.annotations).toMatchObject({ 'kubernetes.io/config.source': 'file' });
    expect(mirror.spec).toMatchObject({ nodeName: 'master', hostNetwork: true });
    expect(mirror.spec.containers[0]?.ports?.map(({ hostPort }) => hostPort)).toEqual([2379, 2380]);
    expect(mirror.status?.podIP).toBe('192.168.10.11');
  });

  it('[M250] executors belong to their driver, take numbers that are never given twice, and go with it', () => {
    const play = playScenario(spark);
    for (const id of ['submit', 'burst', 'idle', 'burst-again']) play.step(id);
    const numbers = pods(play, 'default').flatMap(({ metadata }) => metadata.labels?.['spark-exec-id'] ?? []);
    expect(numbers.map(Number).sort((a, b) => a - b)).toEqual([1, 2, 9, 10, 11, 12, 13, 14]);
    play.lab.store.delete('pods', { namespace: 'default', name: 'word-count-driver' });
    play.lab.seconds(60);
    expect(pods(play, 'default')).toEqual([]);
  });
});
