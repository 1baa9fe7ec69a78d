import { readFileSync } from 'node:fs';
import type { Deployment, Pod } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { guestbookManifests } from './scenarios/guestbook/manifests.ts';
import type { StoreEvent } from './store/history.ts';
import { type Lab, startLab } from './testing/lab.ts';

/** What a real 1.20.2 control plane went through; `pods` are the whole lives of those that ended. */
interface Recorded {
  deployments: { action: string; states: Record<string, string[]> }[];
  pods: string[][];
}

const recorded: Recorded = JSON.parse(readFileSync(new URL('./testing/recorded-states.json', import.meta.url), 'utf8'));

const inDefault = (name: string) => ({ namespace: 'default', name });

function deploymentState({ metadata, spec, status }: Deployment): string {
  const reason = (type: string) => status?.conditions?.find((condition) => condition.type === type)?.reason ?? '-';
  return [
    `gen=${metadata.generation}/${status?.observedGeneration ?? 0}`,
    `want=${spec.replicas}`,
    `have=${status?.replicas ?? 0}`,
    `new=${status?.updatedReplicas ?? 0}`,
    `up=${status?.availableReplicas ?? 0}`,
    `down=${status?.unavailableReplicas ?? 0}`,
    reason('Available'),
    reason('Progressing'),
  ].join(' ');
}

function podState({ type, object: { metadata, spec, status } }: StoreEvent<Pod>): string {
  if (type === 'DELETED') return 'gone';
  const words: string[] = [status?.phase ?? ''];
  const container = status?.containerStatuses?.[0];
  if (!spec.nodeName) words.push('unassigned');
  else if (!container) words.push('assigned');
  else {
    const { waiting, running } = container.state ?? {};
    words.push(waiting ? (waiting.reason ?? '') : running ? 'running' : 'terminated');
    if (container.ready) words.push('ready');
  }
  if (metadata.deletionTimestamp) words.push(`deleting in ${metadata.deletionGracePeriodSeconds}`);
  return words.join(' ');
}

const settled = (states: string[]) => states.filter((state, index) => state !== states[index - 1]);

function byName<T>(events: StoreEvent[], state: (event: never) => T): Record<string, T[]> {
  const names: Record<string, T[]> = {};
  for (const event of events) {
    const { name } = event.object.metadata;
    names[name] ??= [];
    names[name].push(state(event as never));
  }
  return names;
}

/** The tutorial's manifest as apps/v1 with its selector spelt out, as the recording's was. */
function asApps(file: string, labels: string): string {
  const text = guestbookManifests[file] ?? '';
  return text
    .replace('extensions/v1beta1', 'apps/v1')
    .replace(/^spec:$/m, `spec:\n  selector:\n    matchLabels: {${labels}}`);
}

const frontend = (lab: Lab, change: (draft: Deployment) => void) =>
  lab.store.update('deployments.apps', inDefault('frontend'), (draft) => {
    change(draft);
    return draft;
  });

const setImage = (image: string) => (draft: Deployment) => {
  for (const container of draft.spec.template.spec.containers) container.image = image;
};

/** The recorded actions, each followed by the time that the recording gave it. */
const ACTIONS: Record<string, (lab: Lab) => void> = {
  'create guestbook': (lab) => {
    lab.create(asApps('redis-master-deployment.yaml', 'app: redis, role: master, tier: backend'));
    lab.seconds(30);
    lab.create(asApps('redis-slave-deployment.yaml', 'app: redis, role: slave, tier: backend'));
    lab.seconds(30);
    lab.create(asApps('frontend-deployment.yaml', 'app: guestbook, tier: frontend'));
  },
  'scale frontend 3 to 5': (lab) =>
    frontend(lab, (draft) => {
      draft.spec.replicas = 5;
    }),
  'scale frontend 5 to 3': (lab) =>
    frontend(lab, (draft) => {
      draft.spec.replicas = 3;
    }),
  'rolling update frontend to v2': (lab) => frontend(lab, setImage('kubeguide/guestbook-php-frontend:v2')),
  'rollout pause and resume': (lab) => {
    frontend(lab, (draft) => {
      draft.spec.paused = true;
    });
    lab.seconds(0.5);
    frontend(lab, setImage('kubeguide/guestbook-php-frontend:v3'));
    lab.seconds(3);
    frontend(lab, (draft) => {
      delete draft.spec.paused;
    });
  },
  'rollout undo frontend': (lab) => frontend(lab, setImage('kubeguide/guestbook-php-frontend:v2')),
  'delete one redis-slave pod': (lab) => {
    const [pod] = lab.store.list('pods', 'default').filter(({ metadata }) => metadata.labels?.role === 'slave');
    if (pod) lab.store.delete('pods', pod.metadata);
  },
  'relabel one frontend pod out of its service and set': (lab) => {
    const [pod] = lab.store.list('pods', 'default').filter(({ metadata }) => metadata.labels?.tier === 'frontend');
    if (!pod) return;
    lab.store.update('pods', pod.metadata, (draft) => {
      draft.metadata.labels = { app: 'debug' };
      return draft;
    });
  },
};

/** States that came of a race in the recorded control plane: a status told between two writes to its ReplicaSets. */
const RACES = new Set([
  'gen=7/7 want=3 have=5 new=3 up=4 down=0 MinimumReplicasAvailable ReplicaSetUpdated',
  'gen=7/7 want=3 have=3 new=2 up=3 down=1 MinimumReplicasAvailable ReplicaSetUpdated',
]);
const withoutRaces = (states: string[]) => settled(states.filter((state) => !RACES.has(state)));

describe('the guestbook beside a recording of a real control plane', () => {
  const lab = startLab();
  const podEvents = lab.record('pods');
  const played = recorded.deployments.map(({ action, states }) => {
    const events = lab.record('deployments.apps');
    ACTIONS[action]?.(lab);
    lab.seconds(90);
    return { action, states, mine: byName(events, (event: StoreEvent<Deployment>) => deploymentState(event.object)) };
  });

  it.each(played)('[M30] "$action" takes its Deployments through the same states', ({ states, mine }) => {
    expect(Object.keys(mine)).toEqual(Object.keys(states));
    for (const [name, expected] of Object.entries(states)) {
      expect(withoutRaces(mine[name] ?? []), name).toEqual(withoutRaces(expected));
    }
  });

  it('[M31] pods live the recorded lives, but are Running for a while before they are ready', () => {
    const lives = Object.values(byName(podEvents, podState)).filter((states) => states.at(-1) === 'gone');
    expect(lives.length).toBeGreaterThan(8);
    for (const life of lives) {
      const states = settled(life);
      const [running, ready] = [states.indexOf('Running running'), states.indexOf('Running running ready')];
      expect(running).toBe(ready - 1);
      expect(recorded.pods).toContainEqual(states.filter((state) => state !== 'Running running'));
    }
  });
});
