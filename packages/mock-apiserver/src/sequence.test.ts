import type { Event } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { playGuestbook, STORY_FACTS } from './testing/guestbook-story.ts';
import { startLab } from './testing/lab.ts';
import { type Difference, differences, LIVING, type Lives, livesOf, namesIn, reasonsOf } from './testing/lives.ts';
import { readRecording } from './testing/recording.ts';

/** A state that only one of the two clusters goes through, how often in all, and why that is right. */
interface Justified {
  kind: string;
  /** Of which object; of all where it is absent. */
  name?: string;
  where: Difference['where'];
  state: string | RegExp;
  count: number;
  why: string;
}

const BETWEEN_WRITES =
  'a status told between two writes to ReplicaSets milliseconds apart: which of them it had seen is chance';
const EVICTED_APART =
  'pods evicted a millisecond apart: the recorded set was told in between, the embedded one after the last';
const ONE_WRITE_EACH =
  'the real controller writes to one pod after the other, milliseconds apart; the embedded one writes to all at once';
const TWO_WRITES = 'hollow kubelets tell in one write that a container runs and that it is ready';
const RACED = 'a real controller wrote over what it had read a moment too early, said so, and tried again';
const ALL_AT_ONCE =
  'hollow kubelets remove every ten seconds what has ended by then; an embedded one each pod soon after its end';
const REFILLED =
  'the 26th event about one Deployment is cut, but for one more every 300 s: the embedded story takes longer';

const UP = 'Available=True(MinimumReplicasAvailable) Progressing=True(ReplicaSetUpdated)';
const DOWN = 'Available=False(MinimumReplicasUnavailable) Progressing=True(NewReplicaSetAvailable)';

const frontend = (where: Difference['where'], state: string, why: string): Justified => ({
  kind: 'deployments',
  name: 'frontend',
  where,
  state,
  count: 1,
  why,
});
const set = (name: string, where: Difference['where'], state: string, why: string): Justified => ({
  kind: name === 'nginx' ? 'replicationcontrollers' : 'replicasets',
  name,
  where,
  state,
  count: 1,
  why,
});

/** All that the two clusters differ in. */
const JUSTIFIED: readonly Justified[] = [
  frontend('recorded', `gen=7/7 want=3 have=5 new=3 ready=4 up=4 down=0 ${UP}`, BETWEEN_WRITES),
  frontend('embedded', `gen=7/7 want=3 have=3 new=2 ready=3 up=3 down=1 ${UP}`, BETWEEN_WRITES),
  frontend('embedded', `gen=9/9 want=3 have=3 new=1 ready=3 up=3 down=1 ${UP}`, BETWEEN_WRITES),
  frontend('recorded', `gen=8/8 want=3 have=1 new=1 ready=1 up=1 down=2 ${DOWN}`, EVICTED_APART),
  set('frontend#2', 'recorded', 'gen=9/9 want=3 have=1 labelled=1 ready=1 up=1', EVICTED_APART),
  set('nginx', 'recorded', 'gen=2/2 want=5 have=4 labelled=4 ready=4 up=4', EVICTED_APART),
  set('nginx', 'recorded', 'gen=2/2 want=5 have=3 labelled=3 ready=2 up=2', EVICTED_APART),
  set('nginx', 'embedded', 'gen=2/2 want=5 have=2 labelled=2 ready=2 up=2', EVICTED_APART),
  frontend('recorded', `gen=9/9 want=3 have=3 new=3 ready=2 up=2 down=1 ${DOWN}`, ONE_WRITE_EACH),
  frontend('recorded', `gen=9/9 want=3 have=3 new=3 ready=1 up=1 down=2 ${DOWN}`, ONE_WRITE_EACH),
  frontend('recorded', `gen=9/9 want=3 have=2 new=2 ready=0 up=0 down=3 ${DOWN}`, ONE_WRITE_EACH),
  frontend('recorded', `gen=9/9 want=3 have=1 new=1 ready=0 up=0 down=3 ${DOWN}`, ONE_WRITE_EACH),
  frontend('embedded', `gen=9/9 want=3 have=0 new=0 ready=0 up=0 down=3 ${DOWN}`, ONE_WRITE_EACH),
  frontend('embedded', `gen=9/9 want=3 have=3 new=3 ready=2 up=2 down=1 ${DOWN}`, BETWEEN_WRITES),
  set('frontend#4', 'recorded', 'gen=3/3 want=3 have=3 labelled=3 ready=2 up=2', ONE_WRITE_EACH),
  set('frontend#4', 'recorded', 'gen=3/3 want=3 have=3 labelled=3 ready=1 up=1', ONE_WRITE_EACH),
  set('frontend#4', 'recorded', 'gen=3/3 want=3 have=2 labelled=2 ready=0 up=0', ONE_WRITE_EACH),
  set('frontend#4', 'recorded', 'gen=3/3 want=3 have=1 labelled=1 ready=0 up=0', ONE_WRITE_EACH),
  set('frontend#4', 'embedded', 'gen=3/3 want=3 have=0 labelled=0 ready=0 up=0', ONE_WRITE_EACH),
  {
    kind: 'statefulsets',
    name: 'db',
    where: 'recorded',
    state: 'gen=1/1 want=3 have=3 ready=1 current=1 new=1',
    count: 1,
    why: ALL_AT_ONCE,
  },
  {
    kind: 'statefulsets',
    name: 'db',
    where: 'embedded',
    state: 'gen=1/1 want=3 have=2 ready=2 current=1 new=1',
    count: 1,
    why: ALL_AT_ONCE,
  },
  {
    kind: 'endpoints',
    name: 'frontend',
    where: 'recorded',
    state: /^(ready [12] frontend#4, )?not ready [12] frontend#4, 80\/TCP$/,
    count: 3,
    why: ONE_WRITE_EACH,
  },
  {
    kind: 'pods',
    where: 'embedded',
    state: /^node[12] Running running Initialized=True Ready=False\(ContainersNotReady\)/,
    count: 44,
    why: TWO_WRITES,
  },
  { kind: 'events', where: 'recorded', state: 'Warning FailedToUpdateEndpoint', count: 2, why: RACED },
  { kind: 'events', where: 'recorded', state: 'Warning FailedToUpdateEndpointSlices', count: 4, why: RACED },
  {
    kind: 'events',
    name: 'Deployment frontend',
    where: 'embedded',
    state: 'Normal ScalingReplicaSet',
    count: 1,
    why: REFILLED,
  },
];

const recording = readRecording();
const recordedNames = namesIn(recording.told);
const lab = startLab(STORY_FACTS);
const story = playGuestbook(lab, recording, recordedNames);

const meets = ({ name, where, state }: Justified, found: Difference) =>
  (name === undefined || name === found.name) &&
  where === found.where &&
  (typeof state === 'string' ? state === found.state : state.test(found.state));

/** Whether two clusters' lives of one kind are the same but for exactly what is justified. */
function compare(kind: string, recorded: Lives, embedded: Lives): void {
  const rows = JUSTIFIED.filter((row) => row.kind === kind);
  const counts = rows.map(() => 0);
  const unexplained = differences(recorded, embedded).filter((found) => {
    const row = rows.findIndex((candidate) => meets(candidate, found));
    if (row >= 0) counts[row] = (counts[row] ?? 0) + found.count;
    return row < 0;
  });
  expect(unexplained).toEqual([]);
  expect(counts).toEqual(rows.map(({ count }) => count));
}

describe('the guestbook beside a recording of a real control plane', () => {
  it.each(LIVING)('[M30] every object of %s goes through the recorded states', (resource) => {
    const recorded = livesOf(resource, recording.told, recordedNames);
    expect(Object.keys(recorded).length).toBeGreaterThan(0);
    compare(resource, recorded, livesOf(resource, story.told, story.names));
  });

  it('[M30] the control plane tells the recorded events of each object, reason by reason', () => {
    // Hollow kubelets tell nothing.
    const byKubelet = ({ source }: Event) => source?.component === 'kubelet';
    const byOthers = (event: Event) => !byKubelet(event);
    expect(reasonsOf(recording.told, recordedNames, byKubelet)).toEqual({});
    const recorded = reasonsOf(recording.told, recordedNames, byOthers);
    compare('events', recorded, reasonsOf(story.told, story.names, byOthers));
  });

  it('[M31] every pod lives a recorded life, but that it runs and that it is ready are two writes', () => {
    const lives = Object.values(livesOf('pods', story.told, story.names)).flat();
    expect(lives).toHaveLength(44);
    for (const life of lives) {
      const running = life.findIndex((state) => state.includes('Running running'));
      expect(life[running]).not.toContain('running ready');
      expect(life[running + 1]).toContain('running ready');
    }
  });
});
