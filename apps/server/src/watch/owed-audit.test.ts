import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { counted, type ReflectorRoom, reflectorRoom, refusal } from '../testing/reflector-room.ts';

let room: ReflectorRoom;
let clock: ReflectorRoom['clock'];
let client: ReflectorRoom['client'];
let reflector: ReflectorRoom['reflector'];

beforeEach(async () => {
  room = reflectorRoom('v1.20.2');
  ({ clock, client, reflector } = room);
  clock.chance = 0.5;
  await room.live();
});
afterEach(() => reflector.stop());

const asOf = () => {
  const { state, current } = reflector.source();
  return [state, current];
};
async function cutAfter(ms: number): Promise<number> {
  await clock.advance(ms);
  const at = clock.now();
  client.watching.fail(refusal('unreachable'));
  await clock.advance(1200);
  expect(asOf()).toEqual(['live', at]);
  return at;
}

describe('nothing is current before it was audited', () => {
  it('[W45, case 27] while the answer is held back what is held is as of the cut; when it agrees it is current, and told', async () => {
    const at = await cutAfter(10_000);
    let answer: (list: object) => void = () => undefined;
    client.willList(new Promise<object>((resolve) => (answer = resolve)));
    client.watching.event('MODIFIED', namespaceObject('a', '11'));
    await clock.advance(9000);
    expect([room.audits().length, client.limits.at(-1)]).toEqual([1, 10_000]);
    expect(asOf()).toEqual(['live', at]);
    const told = room.states.length;
    answer(counted('11', 1));
    await clock.settle();
    expect([asOf(), room.states.slice(told)]).toEqual([['live', clock.now()], ['live']]);
  });

  it('[W45] [W39] one that fails is said, confirms nothing, and is tried again after four seconds', async () => {
    const at = await cutAfter(10_000);
    client.willList(refusal('timeout'), refusal('server'), counted('10', 1));
    await clock.advance(3000);
    expect([room.audits().length, asOf()]).toEqual([1, ['live', at]]);
    expect(reflector.source().problem).toBe('the audit of Namespace failed: timeout');
    await clock.advance(4000);
    expect([room.audits().length, asOf()]).toEqual([2, ['live', at]]);
    await clock.advance(4000);
    expect([room.audits().length, asOf()]).toEqual([3, ['live', clock.now()]]);
    expect(reflector.source().problem).toBeNull();
  });

  it('[W45, case 27] another cut meanwhile does not vouch for the first', async () => {
    const at = await cutAfter(10_000);
    client.willList(new Promise<object>(() => undefined));
    await clock.advance(3000);
    client.watching.fail(refusal('unreachable'));
    await clock.advance(4000);
    expect(asOf()).toEqual(['live', at]);
    expect(room.currents.filter((one) => one !== null && one > at)).toEqual([]);
  });

  it('[W45] what may be watched and not listed is never compared: after three refusals the watch is believed', async () => {
    const at = await cutAfter(10_000);
    client.willList(...Array.from({ length: 3 }, () => refusal('forbidden')));
    await clock.advance(7000);
    expect([room.audits().length, asOf()]).toEqual([2, ['live', at]]);
    await clock.advance(4000);
    expect([room.audits().length, asOf()]).toEqual([3, ['live', clock.now()]]);
  });

  it('[W45] [W31] while an epoch waits for its first answer nothing of the one before is current', async () => {
    const at = await cutAfter(10_000);
    client.willList(new Promise<object>(() => undefined));
    room.epochs.begin('another cluster answers', null);
    expect(asOf()).toEqual(['syncing', at]);
    await clock.advance(30_000);
    expect(asOf()).toEqual(['syncing', at]);
  });

  it('[W45] a watch that goes on from its time-out owes nothing, nor does the audit of every five minutes', async () => {
    await room.liveOn(450_000 - 200_000);
    client.willList(new Promise<object>(() => undefined));
    await room.liveOn(200_000);
    expect([room.audits().length, client.limits.at(-1), asOf()]).toEqual([1, 60_000, ['live', clock.now()]]);
    client.watching.end();
    await clock.advance(1000);
    expect(asOf()).toEqual(['live', clock.now()]);
  });
});
