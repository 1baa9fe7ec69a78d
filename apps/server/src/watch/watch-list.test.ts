import { afterEach, beforeEach, expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { initialEventsEnd, type ReflectorRoom, reflectorRoom, refusal } from '../testing/reflector-room.ts';
import { listOf } from '../testing/scripted-client.ts';

let room: ReflectorRoom;
beforeEach(async () => {
  room = reflectorRoom('v1.34.0');
  room.reflector.start();
  await room.clock.settle();
});
afterEach(() => room.reflector.stop());

it('[W25, cases 13, 15, 17] initial events are shown at the annotated bookmark, whole, and the stream goes on', async () => {
  const { client, clock, sink, reflector } = room;
  expect(client.watching.query).toMatchObject({
    sendInitialEvents: 'true',
    resourceVersionMatch: 'NotOlderThan',
    allowWatchBookmarks: 'true',
    resourceVersion: '',
  });
  client.watching.event('ADDED', namespaceObject('a', '90'));
  client.watching.event('ADDED', namespaceObject('b', '6'));
  client.watching.event('MODIFIED', namespaceObject('b', '95'));
  client.watching.event('DELETED', namespaceObject('a', '96'));
  client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '97' } });
  await clock.settle();
  expect(sink.commits).toBe(0);
  expect(reflector.source()).toMatchObject({ state: 'syncing', reading: { received: 1, expected: null } });
  client.watching.event('BOOKMARK', initialEventsEnd('98'));
  client.watching.event('ADDED', namespaceObject('c', '99'));
  await clock.settle();
  expect(sink.versions()).toEqual({ b: '95', c: '99' });
  expect(reflector.source().state).toBe('live');
  expect(client.watches).toHaveLength(1);
});

it('[W26, case 18] a WatchList that is refused is read in pages at once', async () => {
  const other = reflectorRoom('v1.30.0');
  other.client.willRefuseWatch(refusal('refused'));
  await other.live();
  expect(other.sink.names()).toEqual(['a']);
  expect(other.reflector.source()).toMatchObject({ state: 'live', problem: null });
  other.reflector.stop();
});

it('[W26] a server that ignores the wish for initial events is read in pages after ten silent seconds', async () => {
  room.client.willList(listOf('10', [namespaceObject('a', '5')]));
  room.client.watching.event('ADDED', namespaceObject('a', '5'));
  await room.clock.advance(9000);
  expect(room.lists()).toBe(0);
  await room.clock.advance(1000);
  expect(room.sink.names()).toEqual(['a']);
});

it('[W27, case 16] a stream that dies before its bookmark leaves what is shown intact', async () => {
  const { client, clock, sink } = room;
  client.watching.event('ADDED', namespaceObject('a', '5'));
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.settle();
  client.watching.fail(refusal('expired'));
  await clock.advance(0);
  expect(client.watching.query).toMatchObject({ sendInitialEvents: 'true', resourceVersion: '10' });
  client.watching.event('ADDED', namespaceObject('z', '11'));
  client.watching.end();
  await clock.settle();
  expect(sink.names()).toEqual(['a']);
});

it('[W28, case 9] an expired version is read anew at it or newer, and where that is expired, too, at the newest', async () => {
  const { client, clock, reflector } = room;
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.advance(2000);
  client.willRefuseWatch(refusal('expired'));
  client.watching.event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' });
  await clock.advance(0);
  expect(room.watchVersions()).toEqual(['', '10']);
  expect(reflector.source().state).toBe('backoff');
  await clock.advance(800);
  expect(room.watchVersions()).toEqual(['', '10', '']);
});

it('[W29, case 11] a token that expires twice leads to a WatchList, also where that broke off before', async () => {
  const { client, clock, sink } = room;
  client.willList(
    listOf('10', [namespaceObject('gone', '5')], 'more'),
    refusal('expired'),
    listOf('20', [namespaceObject('gone', '5')], 'more'),
    refusal('expired'),
  );
  client.willRefuseWatch(refusal('unreachable'), refusal('unreachable'));
  client.watching.fail(refusal('unreachable'));
  await clock.advance(800 + 1600 + 3200);
  expect(client.requests.map(({ verb }) => verb)).toEqual([
    'watch',
    'watch',
    'watch',
    'list',
    'list',
    'list',
    'list',
    'watch',
  ]);
  expect(client.watching.query).toMatchObject({ sendInitialEvents: 'true', resourceVersion: '' });
  client.watching.event('ADDED', namespaceObject('a', '30'));
  client.watching.event('BOOKMARK', initialEventsEnd('31'));
  await clock.settle();
  expect(sink.names()).toEqual(['a']);
});

it('[W27] a proven WatchList that is silent for 60 s is ended, and what is shown stays', async () => {
  const { client, clock, sink } = room;
  client.watching.event('ADDED', namespaceObject('a', '5'));
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.settle();
  client.watching.fail(refusal('expired'));
  await clock.advance(59_999);
  expect(client.watches).toHaveLength(2);
  await clock.advance(1 + 800);
  expect(client.watches).toHaveLength(3);
  expect(sink.names()).toEqual(['a']);
});

it('[W17] the end of the initial events is a bookmark: 150 s of silence after it end the watch', async () => {
  const { client, clock } = room;
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.advance(149_000);
  expect(client.watches).toHaveLength(1);
  await clock.advance(1000 + 800);
  expect(room.watchVersions()).toEqual(['', '10']);
});

it('[W25, case 15] the annotation of another value ends nothing', async () => {
  const { client, clock, sink } = room;
  const annotations = { 'k8s.io/initial-events-end': 'false' };
  client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '10', annotations } });
  await clock.settle();
  expect(sink.commits).toBe(0);
});

it('[W28, case 10] a version that is not reached in three tries a second apart gives way to the newest', async () => {
  const { client, clock } = room;
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.settle();
  client.willRefuseWatch(refusal('tooLarge'), refusal('tooLarge'));
  client.watching.fail(refusal('tooLarge'));
  await clock.advance(3000);
  expect(room.watchVersions()).toEqual(['', '10', '10', '']);
});

it('[W31, case 27] a list at an older version begins an epoch, compared by content and told once', async () => {
  const { client, clock, sink, renewals } = room;
  client.watching.event('ADDED', namespaceObject('a', '5'));
  client.watching.event('BOOKMARK', initialEventsEnd('10'));
  await clock.settle();
  client.watching.event('MODIFIED', namespaceObject('a', '7'));
  await clock.advance(0);
  client.watching.event('ADDED', namespaceObject('a', '5'));
  client.watching.event('BOOKMARK', initialEventsEnd('8'));
  await clock.settle();
  expect(renewals).toEqual(['versions of Namespace went back from 10 to 8']);
  expect(sink.replacements).toEqual([false, true]);
});
