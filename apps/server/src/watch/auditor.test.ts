import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namespaceObject } from '../testing/objects.ts';
import { counted, type ReflectorRoom, reflectorRoom, refusal, served } from '../testing/reflector-room.ts';
import { listOf } from '../testing/scripted-client.ts';

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

async function cut(): Promise<void> {
  client.watching.fail(refusal('unreachable'));
  await clock.advance(1200);
  expect(reflector.source().state).toBe('live');
}

describe('every five minutes', () => {
  it('[W30] one object is asked for at the newest version, and what agrees changes nothing', async () => {
    client.willList(counted('10', 1));
    await room.liveOn(300_000);
    expect(room.audits().map((one) => one.query)).toEqual([{ limit: '1', resourceVersion: '' }]);
    expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0, syncs: { start: 1 } });
  });

  it('[W30] a difference at the version that was read is counted, said, and read anew', async () => {
    client.willList(counted('10', 3), listOf('12', [namespaceObject('a', '5'), namespaceObject('b', '8')]));
    await room.liveOn(300_000);
    expect(room.sink.names()).toEqual(['a', 'b']);
    expect(reflector.report()).toMatchObject({ state: 'live', auditMismatches: 1, syncs: { start: 1, audit: 1 } });
  });

  it('[W30] what is under way when it is asked is no difference', async () => {
    client.willList(counted('14', 2));
    await room.liveOn(300_000);
    client.watching.event('ADDED', namespaceObject('b', '14'));
    client.watching.event('ADDED', namespaceObject('c', '15'));
    await clock.settle();
    expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0 });
  });

  it('[W30] a watch that never comes to the version of the audit, where the counts differ, has missed something', async () => {
    client.willList(counted('14', 2), listOf('15', [namespaceObject('a', '5'), namespaceObject('b', '14')]));
    await room.liveOn(300_000);
    expect(reflector.report().auditMismatches).toBe(0);
    await clock.advance(90_000);
    expect(reflector.report()).toMatchObject({ auditMismatches: 1, syncs: { audit: 1 } });
    expect(room.sink.names()).toEqual(['a', 'b']);
  });

  it('[W30] [W18] what is set aside counts as held', async () => {
    room.read = () => {
      throw new Error('no spec');
    };
    client.watching.event('ADDED', namespaceObject('bad', '11'));
    client.willList(counted('11', 2));
    await room.liveOn(300_000, '11');
    expect(reflector.report()).toMatchObject({ audits: 1, auditMismatches: 0 });
  });

  it('[W30] an apiserver that does not say how many there are is asked for nothing more', async () => {
    client.willList({ kind: 'NamespaceList', metadata: { resourceVersion: '10', continue: 'more' }, items: [] });
    await room.liveOn(300_000);
    expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0 });
  });
});

describe('after a cut', () => {
  it('[W39, case 27] a resumed watch that is silent is audited within three seconds: an older state begins an epoch', async () => {
    await clock.advance(10_000);
    const known = clock.now();
    await cut();
    client.willList(counted('7', 1), listOf('7', [namespaceObject('z', '6')]));
    await clock.advance(3000);
    expect(room.renewals).toEqual(['the audit of Namespace found version 7 where 10 was read before']);
    expect(room.sink.names()).toEqual(['z']);
    expect(room.sink.replacements).toEqual([false, true]);
    expect(room.currents).toContain(known);
    expect(room.currents.filter((at) => at !== null && at > known && at < known + 4000)).toEqual([]);
    expect(reflector.report()).toMatchObject({ state: 'live', regressions: 1, syncs: { epoch: 1 } });
  });

  describe('versions have overtaken what was lost', () => {
    /** What the apiserver answers when it is asked for the one object that is held, for their number, and for everything. */
    async function asked(object: object | undefined, objects = 1, anew = [namespaceObject('a', '9')]): Promise<void> {
      await cut();
      client.serve({ ...served('v1.20.2'), ...(object !== undefined && { '/api/v1/namespaces/a': object }) });
      client.willList(counted('12', objects), listOf('13', anew));
      await clock.advance(3000);
    }

    it('[W39, case 27] an object that is older than it was read begins an epoch', async () => {
      client.watching.event('MODIFIED', namespaceObject('a', '11'));
      await asked(namespaceObject('a', '5'), 1, [namespaceObject('a', '5')]);
      expect(room.renewals).toEqual(['the audit of Namespace found version 5 of a where 11 was read before']);
      expect(room.sink.versions()).toEqual({ a: '5' });
    });

    it('[W39, case 27] so does one that was written at a version that the watch has passed without a word of it', async () => {
      await asked(namespaceObject('a', '9'));
      expect(room.renewals).toEqual(['the audit of Namespace found version 9 of a where 5 was read before']);
      expect(room.sink.versions()).toEqual({ a: '9' });
    });

    it('[W39] one that was written since is waited for', async () => {
      await asked(namespaceObject('a', '12'));
      client.watching.event('MODIFIED', namespaceObject('a', '12'));
      await clock.advance(10_000);
      expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0 });
    });

    it('[W39] one that was written since and is never told of was lost', async () => {
      await asked(namespaceObject('a', '12'));
      expect(reflector.report().auditMismatches).toBe(0);
      await clock.advance(10_000);
      expect(reflector.report()).toMatchObject({ state: 'live', auditMismatches: 1, syncs: { audit: 1 } });
    });

    it('[W39] one that stands as it was read is the same history', async () => {
      await asked(namespaceObject('a', '5'));
      await clock.advance(15_000);
      expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0, regressions: 0 });
    });

    it('[W39] what was written after the watch went on is no witness of what was before', async () => {
      await cut();
      client.watching.event('ADDED', namespaceObject('late', '11'));
      client.serve({ ...served('v1.20.2'), '/api/v1/namespaces/a': namespaceObject('a', '9') });
      client.willList(counted('12', 2), listOf('13', [namespaceObject('a', '9'), namespaceObject('late', '11')]));
      await clock.advance(3000);
      expect(room.renewals).toEqual(['the audit of Namespace found version 9 of a where 5 was read before']);
    });

    it('[W39] one that is not to be had says nothing', async () => {
      await asked(undefined);
      await clock.advance(15_000);
      expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, auditMismatches: 0, regressions: 0 });
    });

    it('[W46, case 27] a number that differs at the very version that the watch has come to is of another history: all is read anew', async () => {
      await asked(namespaceObject('a', '5'), 2);
      client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '12' } });
      await clock.settle();
      expect(room.renewals).toEqual([
        'the audit of Namespace found 1 objects at version 12 where the apiserver holds 2',
      ]);
      expect(reflector.report()).toMatchObject({
        state: 'live',
        auditMismatches: 1,
        regressions: 0,
        syncs: { epoch: 1 },
      });
    });

    it('[W46, case 27] so is one in which the object is not, where the watch has passed the audit without a word of it', async () => {
      await cut();
      const gone = new Promise<object>((_, reject) => reject(refusal('absent')));
      gone.catch(() => undefined);
      client.serve({ ...served('v1.20.2'), '/api/v1/namespaces/a': gone });
      client.willList(counted('10', 1), listOf('13', []));
      await clock.advance(3000);
      expect(room.renewals).toEqual([]);
      await clock.advance(10_000);
      expect(room.renewals).toEqual(['the audit of Namespace found version 5 of a where the apiserver holds nothing']);
      expect(room.sink.names()).toEqual([]);
    });

    it('[W46] a kind whose numbers never agree is read anew alone the next time', async () => {
      await asked(namespaceObject('a', '5'), 2);
      client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: '12' } });
      await clock.settle();
      await room.liveOn(130_000, '13');
      await cut();
      client.serve({ ...served('v1.20.2'), '/api/v1/namespaces/a': namespaceObject('a', '9') });
      client.willList(counted('13', 2), listOf('13', [namespaceObject('a', '9')]));
      await clock.advance(15_000);
      expect([room.renewals.length, reflector.report().syncs]).toEqual([1, { start: 1, epoch: 1, audit: 1 }]);
    });

    it('[W39] where only their number differs, ten seconds are enough', async () => {
      await asked(namespaceObject('a', '5'), 2, [namespaceObject('a', '5'), namespaceObject('b', '7')]);
      await clock.advance(10_000);
      expect(reflector.report()).toMatchObject({ auditMismatches: 1, syncs: { audit: 1 } });
      expect(room.sink.names()).toEqual(['a', 'b']);
    });
  });

  it('[W39] what agrees is left alone, and is not asked about again before its five minutes', async () => {
    await cut();
    client.willList(counted('10', 1), counted('10', 1));
    await room.liveOn(200_000);
    expect(reflector.report()).toMatchObject({ state: 'live', audits: 1, syncs: { start: 1 } });
  });

  it('[W39] a watch that ends at its time-out is resumed without an audit; one that ends before is audited', async () => {
    await room.liveOn(450_000 - 200_000);
    client.willList(counted('10', 1));
    await room.liveOn(200_000);
    client.watching.end();
    await clock.advance(10_000);
    expect(reflector.report()).toMatchObject({ audits: 1, resumes: { end: 1 } });
    client.willList(counted('10', 1));
    client.watching.end();
    await clock.advance(5000);
    expect(reflector.report()).toMatchObject({ audits: 2, resumes: { end: 2 } });
  });

  it('[W39] watches that are cut every few seconds are audited every 15 s at most', async () => {
    client.willList(...Array.from({ length: 9 }, () => counted('10', 1)));
    for (let i = 0; i < 10; i++) {
      client.watching.end();
      await clock.advance(4000);
    }
    expect(room.audits().length).toBeLessThanOrEqual(3);
    expect(room.audits().length).toBeGreaterThanOrEqual(2);
  });

  it('[W39] [W19] after a stop nothing is audited', async () => {
    await cut();
    reflector.stop();
    await clock.advance(600_000);
    expect(room.audits()).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
