import { project } from '@portolan/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { type ReflectorRoom, reflectorRoom, refusal, served } from '../testing/reflector-room.ts';
import { listOf } from '../testing/scripted-client.ts';

let room: ReflectorRoom;
let clock: ReflectorRoom['clock'];
let client: ReflectorRoom['client'];
let sink: ReflectorRoom['sink'];
let reflector: ReflectorRoom['reflector'];
let live: ReflectorRoom['live'];
let watchVersions: ReflectorRoom['watchVersions'];
let lists: ReflectorRoom['lists'];
let wait: ReflectorRoom['wait'];

// Before 1.27 there are no WatchLists: everything is read in pages.
beforeEach(() => {
  room = reflectorRoom('v1.20.2');
  ({ clock, client, sink, reflector, live, watchVersions, lists, wait } = room);
});

afterEach(() => reflector.stop());

describe('failures', () => {
  it('[W8, case 5] a refused watch is tried again at the same version after 0.8 s doubling to 30 s, and never listed for', async () => {
    await live();
    client.willRefuseWatch(...Array.from({ length: 8 }, () => refusal('unreachable')));
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      expect(reflector.source()).toMatchObject({ state: 'backoff', problem: 'unreachable' });
      const next = wait();
      waits.push(next);
      await clock.advance(next);
    }
    expect(waits).toEqual([800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
    expect(new Set(watchVersions())).toEqual(new Set(['10']));
    expect(lists()).toBe(1);
    expect(sink.names()).toEqual(['a']);
  });

  it('[W8] chance lengthens a wait by up to its double', async () => {
    clock.chance = 0.5;
    await live();
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    expect(wait()).toBe(1200);
  });

  it('[W8] two healthy minutes make it begin from the shortest wait again', async () => {
    await live();
    client.willRefuseWatch(refusal('unreachable'));
    client.watching.fail(refusal('unreachable'));
    await clock.advance(800 + 1600);
    expect(reflector.source().state).toBe('live');
    await clock.advance(120_000);
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    expect(wait()).toBe(800);
  });

  it.each([
    ['a status', () => client.watching.fail(refusal('expired'))],
    ['an ERROR event', () => client.watching.event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })],
  ])('[W9, case 9] a version that expired, as %s, is listed anew at once', async (_how, expire) => {
    await live();
    client.willList(listOf('30', [namespaceObject('c', '25')]));
    expire();
    await clock.advance(0);
    expect(lists()).toBe(2);
    expect(sink.names()).toEqual(['c']);
    expect(watchVersions()).toEqual(['10', '30']);
  });

  it('[W9] a server that calls every version expired is backed off from', async () => {
    await live();
    const again = () => listOf('30', [namespaceObject('c', '25')]);
    client.willList(again(), again(), again());
    client.willRefuseWatch(refusal('expired'), refusal('expired'));
    client.watching.fail(refusal('expired'));
    await clock.advance(0);
    expect(lists()).toBe(2);
    expect(wait()).toBe(800);
    await clock.advance(800);
    expect(lists()).toBe(3);
    expect(wait()).toBe(1600);
    await clock.advance(1600);
    expect(reflector.source().state).toBe('live');
  });

  it('[W10, case 6] 429 waits as long as the server wishes, a minute at most, and resumes', async () => {
    await live();
    client.willRefuseWatch(refusal('throttled', 7000), refusal('throttled', 600_000));
    client.watching.end();
    await clock.advance(800);
    expect(wait()).toBe(7000);
    await clock.advance(7000);
    expect(wait()).toBe(60_000);
    await clock.advance(60_000);
    expect(reflector.source().state).toBe('live');
    expect(lists()).toBe(1);
  });

  it('[W10, case 7] 429 as an ERROR event waits and resumes, too', async () => {
    await live();
    const details = { retryAfterSeconds: 5 };
    client.watching.event('ERROR', { kind: 'Status', code: 429, reason: 'TooManyRequests', details });
    await clock.settle();
    expect(wait()).toBe(5000);
    await clock.advance(5000);
    expect(reflector.source().state).toBe('live');
    expect([lists(), watchVersions()]).toEqual([1, ['10', '10']]);
  });

  it('[W11] three 403 drop the data and say forbidden; it is tried again after five minutes, and heals', async () => {
    clock.chance = 0.5;
    await live();
    client.willRefuseWatch(refusal('forbidden'), refusal('forbidden'));
    client.watching.fail(refusal('forbidden'));
    await clock.settle();
    expect(reflector.source().state).toBe('backoff');
    expect(sink.names()).toEqual(['a']);
    await clock.advance(1200 + 2400);
    expect(reflector.source().state).toBe('forbidden');
    expect(sink.size).toBe(0);
    client.willList(listOf('50', [namespaceObject('a', '5')]));
    await clock.advance(300_000);
    expect(reflector.source()).toMatchObject({
      state: 'live',
      objects: 1,
      problem: null,
      retryAt: null,
      reading: null,
    });
  });

  it('[W11] what is forbidden stays so while it is tried again, whatever else failed before', async () => {
    await live();
    client.willRefuseWatch(...Array.from({ length: 6 }, () => refusal('unreachable')));
    client.watching.fail(refusal('unreachable'));
    await clock.advance(90_000);
    client.willRefuseWatch(refusal('forbidden'), refusal('forbidden'), refusal('forbidden'));
    client.watching.end();
    await clock.advance(250 + 800 + 1600);
    expect(reflector.source().state).toBe('forbidden');
    room.states.length = 0;
    client.willList(refusal('forbidden'), refusal('forbidden'));
    await clock.advance(2 * 240_000);
    expect(lists()).toBe(3);
    expect(new Set(room.states)).toEqual(new Set(['forbidden']));
  });

  it('[W11] a kind that may be listed and not watched stays forbidden, and nothing of it comes and goes', async () => {
    await live();
    client.willRefuseWatch(...Array.from({ length: 5 }, () => refusal('forbidden')));
    client.watching.fail(refusal('forbidden'));
    await clock.advance(800 + 1600);
    expect(reflector.source().state).toBe('forbidden');
    const shown: number[] = [];
    const replace = sink.replace.bind(sink);
    sink.replace = (entities, options) => {
      shown.push(entities.length);
      replace(entities, options);
    };
    room.states.length = 0;
    client.willList(...['50', '60', '70', '80'].map((version) => listOf(version, [namespaceObject('a', version)])));
    await clock.advance(3 * 240_000);
    expect([new Set(room.states), new Set(shown), lists()]).toEqual([new Set(['forbidden']), new Set([0]), 4]);
    await clock.advance(240_000);
    expect([reflector.source().state, sink.names(), watchVersions().at(-1)]).toEqual(['live', ['a'], '80']);
  });

  it('[W11, W12] what is forbidden or absent says so before its data is dropped', async () => {
    await live();
    const replace = sink.replace.bind(sink);
    const states: string[] = [];
    sink.replace = (...all) => {
      states.push(reflector.source().state);
      replace(...all);
    };
    client.watching.fail(refusal('absent'));
    await clock.settle();
    expect(states).toEqual(['absent']);
  });

  it('[W12] a kind that is not served is absent, its data dropped, and asked for again after 1, 2, 4 minutes', async () => {
    await live();
    client.serve({ ...served('v1.20.2'), '/api/v1': { resources: [] } });
    client.watching.fail(refusal('absent'));
    await clock.settle();
    expect(reflector.source().state).toBe('absent');
    expect(sink.size).toBe(0);
    await clock.advance(60_000);
    expect(wait()).toBe(120_000);
    client.serve(served('v1.20.2'));
    client.willList(listOf('60', [namespaceObject('z', '55')]));
    await clock.advance(120_000);
    expect(reflector.source().state).toBe('live');
    expect(sink.names()).toEqual(['z']);
  });

  it('[W13] 401 is tried again at once, then every 30 to 60 seconds', async () => {
    await live();
    client.willRefuseWatch(refusal('unauthorized'), refusal('unauthorized'));
    client.watching.fail(refusal('unauthorized'));
    await clock.advance(0);
    expect(reflector.source().state).toBe('authFailed');
    expect(wait()).toBe(30_000);
    expect(sink.names()).toEqual(['a']);
    await clock.advance(60_000);
    expect(reflector.source().state).toBe('live');
  });

  it('[W14] five 5xx in a row are listed anew; fewer are resumed', async () => {
    await live();
    client.willRefuseWatch(...Array.from({ length: 4 }, () => refusal('server')));
    client.willList(listOf('70', []));
    client.watching.fail(refusal('server'));
    await clock.advance(800 + 1600 + 3200);
    expect(lists()).toBe(1);
    await clock.advance(6400 + 12_800);
    expect(lists()).toBe(2);
    expect(sink.size).toBe(0);
  });

  it.each([
    ['a line that is not JSON', 'nonsense\n'],
    ['an event of another kind', `${JSON.stringify({ type: 'ADDED', object: { kind: 'Table', metadata: {} } })}\n`],
    ['an unknown type', `${JSON.stringify({ type: 'RENAMED', object: namespaceObject('b', '11') })}\n`],
  ])('[W15, case 20] %s ends the watch and is listed anew, never skipped', async (_what, text) => {
    await live();
    client.willList(listOf('30', [namespaceObject('a', '5'), namespaceObject('b', '11')]));
    client.watching.text(text);
    await clock.settle();
    expect(reflector.tally.malformed).toBe(1);
    await clock.advance(800);
    expect(lists()).toBe(2);
    expect(sink.names()).toEqual(['a', 'b']);
  });

  it('[W15] a stream that ends within a line is listed anew', async () => {
    await live();
    client.willList(listOf('30', []));
    client.watching.text('{"type":"ADDED","obj');
    client.watching.end();
    await clock.advance(800);
    expect(lists()).toBe(2);
  });

  it('[W15, case 8] an ERROR event with another code is listed anew', async () => {
    await live();
    client.willList(listOf('30', []));
    client.watching.event('ERROR', { kind: 'Status', code: 500, message: 'decode failed' });
    await clock.settle();
    expect(reflector.source().problem).toContain('decode failed');
    await clock.advance(800);
    expect(lists()).toBe(2);
  });

  it('[W15, case 19] after an unsafe deletion, of which there is no event but an ERROR, what took its place is read', async () => {
    await live();
    const message = 'the object was deleted unsafely: data from the storage is corrupt';
    client.watching.event('ERROR', { kind: 'Status', code: 500, reason: 'StorageReadError', message });
    client.willList(listOf('30', [namespaceObject('a', '25', 'uid-reborn')]));
    await clock.advance(800);
    expect([...sink.held.keys()]).toEqual(['uid-reborn']);
    expect(watchVersions()).toEqual(['10', '30']);
  });

  it.each([
    ['a Table', { kind: 'Table', metadata: { resourceVersion: '30' }, rows: [] }],
    ['of another kind', { kind: 'PodList', metadata: { resourceVersion: '30' }, items: [] }],
    ['without a version', { kind: 'NamespaceList', metadata: {}, items: [] }],
    ['with an item that has no uid', listOf('30', [{ metadata: { name: 'x' } } as never])],
    ['nothing', null],
  ])('[W15, case 20] a list that is %s is malformed, and nothing of it is kept', async (_what, answer) => {
    await live();
    client.willList(answer as object, listOf('40', [namespaceObject('b', '35')]));
    client.watching.fail(refusal('expired'));
    await clock.advance(0);
    expect(sink.names()).toEqual(['a']);
    expect(reflector.report()).toMatchObject({ state: 'backoff', malformed: 1 });
    await clock.advance(800);
    expect(sink.names()).toEqual(['b']);
  });

  it('[W32] an event older than what was read ends the watch and reads everything anew', async () => {
    await live();
    client.willList(listOf('30', [namespaceObject('b', '25')]));
    client.watching.event('ADDED', namespaceObject('z', '9'));
    await clock.advance(0);
    expect(sink.names()).toEqual(['b']);
    expect(reflector.report()).toMatchObject({ state: 'live', regressions: 1, syncs: { start: 1, regressed: 1 } });
  });

  it('[W32] a bookmark older than what was read does so, too', async () => {
    await live();
    client.willList(listOf('30', []));
    client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '3' } });
    await clock.advance(0);
    expect(lists()).toBe(2);
  });

  it('[W16] a watch that ends as soon as it opens is waited for, not hammered', async () => {
    await live();
    client.watching.end();
    await clock.settle();
    expect(reflector.source().state).toBe('backoff');
  });

  it('[W17] silence for 150 s after a bookmark ends the watch and resumes it', async () => {
    await live();
    client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '40' } });
    await clock.advance(149_000);
    expect(client.watches).toHaveLength(1);
    await clock.advance(1000 + 800);
    expect(watchVersions()).toEqual(['10', '40']);
  });

  it('[W17] a stream without bookmarks may be silent until half a minute past its time-out', async () => {
    await live();
    await clock.advance(329_000);
    expect(client.watches).toHaveLength(1);
    await clock.advance(1000 + 800);
    expect(client.watches).toHaveLength(2);
    expect(client.watches[0]?.signal.aborted).toBe(true);
  });

  it('[W18] an object that cannot be read is set aside and said; the rest goes on', async () => {
    await live();
    room.read = (object) => {
      if (object.metadata.name === 'bad') throw new Error('no spec');
      return project('Namespace', object);
    };
    client.watching.event('ADDED', namespaceObject('bad', '11'));
    client.watching.event('ADDED', namespaceObject('b', '12'));
    await clock.settle();
    expect(sink.names()).toEqual(['a', 'b']);
    expect(reflector.source()).toMatchObject({ state: 'live', problem: 'Namespace bad cannot be read: no spec' });
    client.watching.event('DELETED', namespaceObject('bad', '13'));
    await clock.settle();
    expect(reflector.source().problem).toBeNull();
  });

  it('[W18] what was set aside and is gone at the next list is forgotten', async () => {
    client.willList(listOf('10', [namespaceObject('bad', '5')]));
    room.read = (object) => {
      if (object.metadata.name === 'bad') throw new Error('no spec');
      return project('Namespace', object);
    };
    reflector.start();
    await clock.settle();
    expect(reflector.source().problem).toBe('Namespace bad cannot be read: no spec');
    client.willList(listOf('20', [namespaceObject('a', '15')]));
    client.watching.fail(refusal('expired'));
    await clock.advance(0);
    expect(reflector.source()).toMatchObject({ state: 'live', objects: 1, problem: null });
  });
});
