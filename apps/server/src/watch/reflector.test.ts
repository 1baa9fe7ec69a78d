import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { type ReflectorRoom, reflectorRoom, refusal } from '../testing/reflector-room.ts';
import { listOf } from '../testing/scripted-client.ts';

let room: ReflectorRoom;
let clock: ReflectorRoom['clock'];
let client: ReflectorRoom['client'];
let sink: ReflectorRoom['sink'];
let reflector: ReflectorRoom['reflector'];
let live: ReflectorRoom['live'];
let watchVersions: ReflectorRoom['watchVersions'];
let lists: ReflectorRoom['lists'];

// Before 1.27 there are no WatchLists: everything is read in pages.
beforeEach(() => {
  room = reflectorRoom('v1.20.2');
  ({ clock, client, sink, reflector, live, watchVersions, lists } = room);
});

afterEach(() => reflector.stop());

describe('list and watch', () => {
  it('[W2, cases 1, 12] lists the newest state, then watches from the version of the list with bookmarks and a time-out', async () => {
    await live();
    expect(sink.names()).toEqual(['a']);
    expect(client.requests).toEqual([
      { verb: 'list', query: { limit: '500', resourceVersion: '' } },
      { verb: 'watch', query: { allowWatchBookmarks: 'true', resourceVersion: '10', timeoutSeconds: '300' } },
    ]);
  });

  it('[W2, case 12] later pages carry only the token and the limit, and the whole is one commit', async () => {
    client.willList(listOf('10', [namespaceObject('a', '5')], 'more'), listOf('10', [namespaceObject('b', '6')]));
    reflector.start();
    await clock.settle();
    expect(client.requests[1]?.query).toEqual({ limit: '500', continue: 'more' });
    expect(sink.names()).toEqual(['a', 'b']);
    expect(sink.commits).toBe(1);
  });

  it('[W3, case 11] an expired token begins the list again and keeps nothing of the first attempt', async () => {
    client.willList(
      listOf('10', [namespaceObject('gone', '5')], 'more'),
      refusal('expired'),
      listOf('20', [namespaceObject('b', '15')]),
    );
    reflector.start();
    await clock.settle();
    expect(sink.names()).toEqual(['b']);
    expect(watchVersions()).toEqual(['20']);
  });

  it('[W4] every event is one commit, in order', async () => {
    await live();
    client.watching.event('ADDED', namespaceObject('b', '11'));
    client.watching.event('MODIFIED', namespaceObject('a', '12'));
    client.watching.event('DELETED', namespaceObject('b', '13'));
    await clock.settle();
    expect(sink.names()).toEqual(['a']);
    expect(sink.held.get('uid-a')?.version).toBe('12');
    expect(sink.commits).toBe(4);
  });

  it('[W5, case 2] a clean end resumes at the last version, without a list', async () => {
    await live();
    client.watching.event('ADDED', namespaceObject('b', '11'));
    await clock.settle();
    client.watching.end();
    await clock.advance(250);
    expect(watchVersions()).toEqual(['10', '11']);
    expect(lists()).toBe(1);
  });

  it('[W4, case 21] an object that leaves what is watched is DELETED, and one that comes again is ADDED', async () => {
    await live();
    client.watching.event('DELETED', namespaceObject('a', '11'));
    await clock.settle();
    expect(sink.size).toBe(0);
    client.watching.event('ADDED', namespaceObject('a', '15'));
    await clock.settle();
    expect(sink.versions()).toEqual({ a: '15' });
    client.watching.end();
    await clock.advance(250);
    expect(watchVersions()).toEqual(['10', '15']);
  });

  it('[W6, case 14] a bookmark advances the version and commits nothing', async () => {
    await live();
    client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '40' } });
    await clock.settle();
    client.watching.end();
    await clock.advance(250);
    expect(watchVersions()).toEqual(['10', '40']);
    expect(sink.commits).toBe(1);
  });

  it('[W7] characters cut in two by the network survive', async () => {
    await live();
    const object = { ...namespaceObject('b', '11'), status: { phase: 'Aktiv→✓' } };
    const bytes = new TextEncoder().encode(`${JSON.stringify({ type: 'ADDED', object })}\n`);
    for (const byte of bytes) client.watching.bytes(Uint8Array.of(byte));
    await clock.settle();
    await clock.settle();
    expect(sink.held.get('uid-b')).toMatchObject({ phase: 'Aktiv→✓' });
  });
});

describe('stopping', () => {
  it('[W19, case 3] before anything was answered, and once more, it asks for nothing and writes nothing', async () => {
    reflector.start();
    reflector.stop();
    reflector.stop();
    await clock.advance(600_000);
    expect([client.requests.length, sink.commits, clock.pending]).toEqual([0, 0, 0]);
  });

  it('[W19, case 3] afterwards it may be started again, and goes on where it was', async () => {
    await live();
    reflector.stop();
    await clock.advance(60_000);
    reflector.start();
    await clock.settle();
    expect(reflector.source().state).toBe('live');
    expect([lists(), watchVersions()]).toEqual([1, ['10', '10']]);
  });

  it('[W19, case 4] during a backoff it opens nothing any more', async () => {
    await live();
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    reflector.stop();
    await clock.advance(600_000);
    expect(client.watches).toHaveLength(1);
    expect(reflector.source().state).toBe('stopped');
    expect(clock.pending).toBe(0);
  });

  it('[W19, case 3] during a list it writes nothing', async () => {
    let answer: (page: object) => void = () => undefined;
    client.willList(
      new Promise<object>((resolve) => {
        answer = resolve;
      }),
    );
    reflector.start();
    await clock.settle();
    reflector.stop();
    answer(listOf('10', [namespaceObject('a', '5')]));
    await clock.advance(60_000);
    expect(sink.commits).toBe(0);
    expect(client.watches).toHaveLength(0);
  });

  it('[W19, case 3] during a watch it ends the watch', async () => {
    await live();
    reflector.stop();
    await clock.settle();
    expect(client.watching.signal.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe('what it tells', () => {
  it('[W38] its stream, version, ages and waits, and what led to its syncs and resumes', async () => {
    await live();
    const opened = clock.now();
    client.watching.event('ADDED', namespaceObject('b', '11'));
    await clock.advance(1000);
    client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '20' } });
    await clock.settle();
    expect(reflector.report()).toMatchObject({
      kind: 'Namespace',
      state: 'live',
      generation: 1,
      objects: 2,
      version: '20',
      streamSince: opened,
      eventAt: opened,
      bookmarkAt: opened + 1000,
      heard: opened + 1000,
      events: 1,
      syncs: { start: 1 },
      resumes: {},
      failures: 0,
      backoffMs: null,
    });
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    expect(reflector.report()).toMatchObject({ streamSince: null, failures: 1, backoffMs: 800 });
    await clock.advance(800);
    expect(reflector.report()).toMatchObject({ resumes: { unreachable: 1 }, backoffMs: null });
  });

  it('[W34] a watch that is opened again after a silence is as of the last byte before it until it is open', async () => {
    await live();
    await clock.advance(60_000);
    const before = clock.now() - 20_000;
    client.willRefuseWatch(refusal('unreachable'));
    reflector.reopen(before);
    await clock.settle();
    expect(reflector.source()).toMatchObject({ state: 'backoff', current: before });
    await clock.advance(800);
    expect(reflector.report()).toMatchObject({ state: 'live', resumes: { silence: 1, unreachable: 1 } });
    expect(lists()).toBe(1);
  });

  it('[W20] is current now while it is live, and as of the moment it ceased to be', async () => {
    await live();
    await clock.advance(5000);
    expect(reflector.source().current).toBe(clock.now());
    client.watching.fail(refusal('unreachable'));
    await clock.settle();
    const ceased = clock.now();
    await clock.advance(500);
    expect(reflector.source()).toMatchObject({ state: 'backoff', current: ceased, since: ceased });
  });

  it('[W20] a watch that is ended for its silence was current when its last byte came, not when it was ended', async () => {
    await live();
    client.watching.event('BOOKMARK', namespaceObject('', '11'));
    await clock.settle();
    const heard = clock.now();
    await clock.advance(150_000);
    expect(reflector.source()).toMatchObject({ state: 'backoff', current: heard, heard });
  });
});
