import { beforeEach, describe, expect, it } from 'vitest';
import { createPresenter, type Presenter } from './presenter.ts';
import type { Expectation } from './scenarios/expect.ts';
import { guestbook } from './scenarios/guestbook/guestbook.ts';
import type { ScenarioScript } from './scenarios/scenario.ts';
import { type Lab, startLab } from './testing/lab.ts';

describe('the tour', () => {
  let lab: Lab;
  let presenter: Presenter;
  const tour = () => presenter.describe().tour;

  beforeEach(() => {
    lab = startLab();
    presenter = createPresenter(guestbook, lab);
  });

  it('[M242] does a step, waits for what it must show, gives time to look, and goes on', async () => {
    await presenter.tour({ do: 'play', pace: 10 });
    expect(tour()).toMatchObject({ state: 'playing', step: 'create-redis-master', phase: 'settling', pace: 10 });
    lab.seconds(15);
    expect(tour()).toMatchObject({ step: 'create-redis-master', phase: 'resting' });
    lab.seconds(10);
    expect(tour()).toMatchObject({ step: 'create-redis-slave', phase: 'settling' });
    lab.seconds(1500);
    expect(tour()).toMatchObject({ state: 'finished', phase: null, problem: null });
    expect(lab.store.list('deployments.apps', 'default')).toEqual([]);
  });

  it('[M242] pauses where it is, goes on from there, and steps once', async () => {
    await presenter.tour({ do: 'play', pace: 2 });
    lab.seconds(5);
    await presenter.tour({ do: 'pause' });
    lab.seconds(100);
    expect(tour()).toMatchObject({ state: 'paused', step: 'create-redis-master' });
    await presenter.tour({ do: 'step' });
    lab.seconds(100);
    expect(tour()).toMatchObject({ state: 'paused', step: 'create-redis-slave' });
    await presenter.tour({ do: 'stop' });
    expect(tour()).toMatchObject({ state: 'idle', step: null });
  });

  it('[M242] passes over what is done already', async () => {
    await presenter.run('create-redis-master');
    lab.seconds(20);
    await presenter.tour({ do: 'play' });
    expect(tour().step).toBe('create-redis-slave');
  });

  it('[M242] a step that the cluster refuses pauses it and is said', async () => {
    const [first] = guestbook.steps;
    if (!first) throw new Error('the guestbook has steps');
    const missing = { do: 'scale', kind: 'Deployment', name: 'nobody', replicas: 2 } as const;
    const script: ScenarioScript = { ...guestbook, steps: [{ ...first, actions: [missing] }] };
    presenter = createPresenter(script, lab);
    await presenter.tour({ do: 'play' });
    expect(tour()).toMatchObject({ state: 'paused', phase: null });
    expect(tour().problem).toContain('deployments.apps "nobody" not found');
  });

  it('[M242] begins once the cluster stands as the scenario begins, and waits a while for a step that cannot be run yet', async () => {
    const [first] = guestbook.steps;
    if (!first) throw new Error('the guestbook has steps');
    const after = (seconds: number) => () => lab.clock.elapsed() >= seconds * 1000;
    const begun: Expectation = {
      says: guestbook.title,
      within: 60,
      wrong: () => (after(30)() ? undefined : 'not yet'),
    };
    const soon = { ...first, id: 'soon', enabled: after(35) };
    const never = { ...first, id: 'never', enabled: () => false };
    presenter = createPresenter({ ...guestbook, expects: [begun], steps: [never, soon] }, lab);
    await presenter.tour({ do: 'play', pace: 1 });
    lab.seconds(29);
    expect(tour()).toMatchObject({ state: 'playing', step: null, phase: 'settling' });
    lab.seconds(8);
    expect(tour()).toMatchObject({ state: 'playing', step: null });
    lab.seconds(4);
    expect(tour()).toMatchObject({ state: 'playing', step: 'soon' });
  });
});
