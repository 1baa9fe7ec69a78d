import { type EventEntity, Graph, seededRandom } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { byNewest, NewestEvents } from './newest-events.ts';

const eventOf = (uid: string, version: number, last: number, namespace: string): EventEntity => ({
  kind: 'Event',
  uid,
  version: String(version),
  namespace,
  name: uid,
  created: 0,
  labels: {},
  owner: null,
  health: 'ok',
  type: 'Normal',
  reason: 'Pulled',
  message: '',
  count: 1,
  first: null,
  last,
  source: null,
  about: { kind: 'Pod', namespace, name: 'p', uid: null },
});

describe('the newest events', () => {
  it.each([null, 'a'])('[V87] are always the first of all in order, of namespace %s', (namespace) => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const graph = new Graph();
      const newest = new NewestEvents(3, namespace);
      let version = 0;
      const change = () => {
        version += 1;
        const uid = `e${Math.floor(random() * 15)}`;
        if (random() < 0.4) return graph.apply({ upserts: [], removes: [{ kind: 'Event', uid }] });
        const event = eventOf(uid, version, Math.floor(random() * 20), random() < 0.5 ? 'a' : 'b');
        return graph.apply({ upserts: [event], removes: [] });
      };
      for (let i = 0; i < 10; i += 1) change();
      newest.fill(graph);
      for (let step = 0; step < 150; step += 1) {
        const before = newest.list;
        const touched = newest.apply(change());
        const all = [...graph.all('Event')].filter((one) => namespace === null || one.namespace === namespace);
        expect(newest.list, `seed ${seed}, step ${step}`).toEqual(all.sort(byNewest).slice(0, 3));
        if (!touched) expect(newest.list).toEqual(before);
      }
    }
  });
});
