import { scenario } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { createPresenter, type Presenter } from './presenter.ts';
import { guestbook } from './scenarios/guestbook/guestbook.ts';
import { type Lab, startLab } from './testing/lab.ts';

describe('the presenter', () => {
  let lab: Lab;
  let presenter: Presenter;
  const step = (id: string) => presenter.describe().steps.find((candidate) => candidate.id === id);
  const deployment = () => lab.store.get('deployments.apps', { namespace: 'default', name: 'frontend' });
  const play = async (id: string, seconds: number) => {
    await presenter.run(id);
    lab.seconds(seconds);
  };

  beforeEach(() => {
    lab = startLab();
    presenter = createPresenter(guestbook, lab);
  });

  it('[M70] describes the scenario in the protocol, in both languages', () => {
    const described = scenario.parse(presenter.describe());
    expect(described.name).toBe('guestbook');
    for (const { title, says } of described.steps) {
      for (const text of [title.en, title['zh-CN'], says.en, says['zh-CN']]) expect(text).not.toBe('');
    }
    expect(described.steps.filter(({ enabled }) => enabled).map(({ id }) => id)).toEqual([
      'create-redis-master',
      'create-redis-slave',
      'create-frontend',
    ]);
  });

  it('[M71] builds the guestbook step by step, with the addresses and the times of the tutorial', async () => {
    await play('create-redis-master', 20);
    await play('create-redis-slave', 20);
    await play('create-frontend', 13);
    expect(deployment()?.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 2 });
    lab.seconds(10);
    expect(deployment()?.status?.availableReplicas).toBe(3);
    const pods = lab.store.list('pods', 'default').map(({ metadata, spec, status }) => {
      const app = metadata.name.split('-').slice(0, -2).join('-');
      return `${spec.nodeName} ${status?.podIP} ${app}`;
    });
    expect(pods.sort()).toEqual([
      'node1 10.255.70.2 redis-slave',
      'node1 10.255.70.3 frontend',
      'node1 10.255.70.4 frontend',
      'node2 10.255.73.2 redis-master',
      'node2 10.255.73.3 redis-slave',
      'node2 10.255.73.4 frontend',
    ]);
    expect(step('create-frontend')).toMatchObject({ state: 'done', enabled: false });
  });

  it('[M72] scales, rolls out, undoes, kills and deletes, and the steps follow the cluster', async () => {
    for (const id of ['create-redis-master', 'create-redis-slave', 'create-frontend']) await play(id, 20);
    await play('scale-up', 20);
    expect(step('scale-up')).toMatchObject({ state: 'done', enabled: false });
    expect(step('scale-down')).toMatchObject({ state: 'todo', enabled: true });
    await play('scale-down', 20);
    await play('roll-out-v2', 60);
    expect(step('roll-out-v2')).toMatchObject({ state: 'done', enabled: false });
    expect(deployment()?.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
    await play('undo', 60);
    expect(deployment()?.spec.template.spec.containers[0]?.image).toBe('kubeguide/guestbook-php-frontend');
    expect(step('undo')).toMatchObject({ state: 'done' });
    const before = lab.store.list('pods', 'default').map(({ metadata }) => metadata.name);
    await play('kill-pod', 30);
    const after = lab.store.list('pods', 'default').map(({ metadata }) => metadata.name);
    expect(after).toHaveLength(6);
    expect(after.filter((name) => !before.includes(name))).toHaveLength(1);
    await play('delete', 30);
    expect(lab.store.list('pods', 'default')).toEqual([]);
    expect(presenter.describe().steps.every(({ state }) => state === 'todo')).toBe(true);
    expect(step('delete')).toMatchObject({ enabled: false });
  });

  it('[M73] refuses a step that does not exist or whose time has not come', async () => {
    await expect(presenter.run('sing')).rejects.toMatchObject({ reason: 'unknownStep' });
    await expect(presenter.run('scale-up')).rejects.toMatchObject({ reason: 'stepDisabled' });
  });

  it('[M72] a guestbook created again after its deletion has nothing to undo', async () => {
    for (const id of ['create-frontend', 'roll-out-v2']) await play(id, 60);
    expect(step('undo')).toMatchObject({ state: 'todo', enabled: true });
    await play('delete', 0);
    await play('create-frontend', 0);
    expect(step('undo')).toMatchObject({ state: 'todo', enabled: false });
    lab.seconds(60);
    expect(deployment()?.status?.availableReplicas).toBe(3);
    expect(lab.store.list('replicasets.apps', 'default')).toHaveLength(1);
  });

  it('[M72] a roll-out is undone in its midst, and undone again, until all pods are of the wanted revision', async () => {
    await play('create-frontend', 60);
    await play('roll-out-v2', 5);
    await play('undo', 4);
    await play('kill-pod', 0);
    await play('undo', 120);
    const images = lab.store.list('pods', 'default').map(({ spec }) => spec.containers[0]?.image);
    expect(images).toEqual(Array(3).fill('kubeguide/guestbook-php-frontend:v2'));
    expect(deployment()?.status).toMatchObject({ replicas: 3, updatedReplicas: 3, availableReplicas: 3 });
  });

  it('[M72] a guestbook deleted in mid-roll-out leaves nothing behind', async () => {
    await play('create-frontend', 60);
    await play('roll-out-v2', 5);
    await play('delete', 30);
    for (const key of ['pods', 'replicasets.apps', 'endpoints', 'endpointslices.discovery.k8s.io'] as const) {
      const left = lab.store.list(key, 'default').map(({ metadata }) => metadata.name);
      // The apiserver's own service is no part of the guestbook.
      expect(left.filter((name) => name !== 'kubernetes')).toEqual([]);
    }
  });

  it('[M73] a paused roll-out is not undone, as kubectl does not', async () => {
    for (const id of ['create-frontend', 'roll-out-v2']) await play(id, 60);
    lab.store.update('deployments.apps', { namespace: 'default', name: 'frontend' }, (draft) => {
      draft.spec.paused = true;
      return draft;
    });
    await expect(presenter.run('undo')).rejects.toMatchObject({ reason: 'stepDisabled' });
  });

  it('[M73] what the cluster refuses is refused with the reason it gives', async () => {
    lab.create(
      'apiVersion: v1\nkind: Service\nmetadata: {name: squatter}\nspec: {type: NodePort, ports: [{port: 80, nodePort: 30001}]}',
    );
    await expect(presenter.run('create-frontend')).rejects.toMatchObject({
      reason: 'stepRefused',
      message: expect.stringContaining('provided port is already allocated'),
    });
    lab.store.delete('services', { namespace: 'default', name: 'squatter' });
    await play('create-frontend', 60);
    expect(step('create-frontend')).toMatchObject({ state: 'done', enabled: false });
  });

  it('[M74] tells its subscribers when the steps change, and only then', async () => {
    const told: string[][] = [];
    const end = presenter.subscribe(({ steps }) =>
      told.push(steps.filter(({ enabled }) => enabled).map(({ id }) => id)),
    );
    await play('create-redis-master', 20);
    expect(told.at(-1)).toEqual(['create-redis-slave', 'create-frontend', 'node2-down', 'delete']);
    const count = told.length;
    lab.seconds(60);
    expect(told).toHaveLength(count);
    end();
    await play('create-redis-slave', 1);
    expect(told).toHaveLength(count);
  });
});
