import { PROTOCOL } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { liveStreamRoom } from '../testing/live-stream-room.ts';
import type { LiveStream } from './live-stream.ts';
import type { Pace } from './pace.ts';

const state = (stream: LiveStream) => stream.status.connection.state;

describe('a live stream', () => {
  it('[V30] is live only once the snapshot is whole', () => {
    const { stream, hello, synced, send, sink } = liveStreamRoom();
    expect(state(stream)).toBe('connecting');
    hello(7);
    expect(stream.status.connection).toMatchObject({ state: 'syncing', received: 0 });
    send('snapshot', { kind: 'Pod', count: 2, columns: {}, part: 1, parts: 1, total: 2 });
    expect(stream.status.connection).toMatchObject({ state: 'syncing', received: 2, expected: 2 });
    synced(7);
    expect(state(stream)).toBe('live');
    expect(stream.status.behindSince).toBeNull();
    expect(sink.calls).toEqual(['restart', 'part Pod', 'commit']);
  });

  it('[V31] says at once that the connection broke, and when it tries again', () => {
    const { stream, goLive, last, clock } = liveStreamRoom();
    goLive(7);
    last().failed();
    expect(stream.status.connection).toMatchObject({
      state: 'waiting',
      reason: 'lost',
      retryAt: clock.now() + 500,
    });
    expect(stream.status.behindSince).toBe(clock.now());
    expect(last().closed).toBe(true);
  });

  it('[V32] resumes after what it has, and is live when it has caught up', () => {
    const { stream, goLive, change, hello, last, clock, sink } = liveStreamRoom();
    goLive(7);
    change(8);
    last().failed();
    clock.advance(500);
    expect(last().url).toBe('/stream?from=e1-8');
    sink.calls = [];
    hello(10);
    expect(state(stream)).toBe('syncing');
    change(9);
    expect(state(stream)).toBe('syncing');
    change(10);
    expect(state(stream)).toBe('live');
    expect(sink.calls).toEqual(['change 9', 'change 10']);
  });

  it('[V32] is live at once when it resumes and nothing has happened meanwhile', () => {
    const { stream, goLive, hello, last, clock } = liveStreamRoom();
    goLive(7);
    last().failed();
    clock.advance(500);
    hello(7);
    expect(state(stream)).toBe('live');
  });

  it('[V33] keeps the old picture and fills a new one when the server has another epoch', () => {
    const { stream, goLive, hello, synced, change, last, clock, sink } = liveStreamRoom();
    goLive(7);
    last().failed();
    clock.advance(500);
    sink.calls = [];
    hello(1, { epoch: 'e2' });
    change(2);
    expect(state(stream)).toBe('syncing');
    synced(2);
    expect(state(stream)).toBe('live');
    expect(sink.calls).toEqual(['restart', 'change 2', 'commit']);
    last().failed();
    clock.advance(500);
    expect(last().url).toBe('/stream?from=e2-2');
  });

  it('[V33] starts over when the server resets it', () => {
    const { stream, goLive, send, synced, sink } = liveStreamRoom();
    goLive(7);
    sink.calls = [];
    send('reset', { reason: 'behind the horizon' });
    expect(state(stream)).toBe('syncing');
    synced(90);
    expect(sink.calls).toEqual(['restart', 'commit']);
  });

  it('[V34] waits longer after every failure, with full jitter up to 8 s, and starts anew once live', () => {
    const { stream, last, clock, goLive } = liveStreamRoom(() => 0.999);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      last().failed();
      const { connection } = stream.status;
      if (connection.state !== 'waiting') throw new Error(`state ${connection.state}`);
      waits.push(connection.retryAt - clock.now());
      clock.advance(connection.retryAt - clock.now());
    }
    expect(waits).toEqual([999, 1_998, 3_996, 7_992, 7_992, 7_992, 7_992]);
    goLive(7);
    last().failed();
    expect(stream.status.connection).toMatchObject({ retryAt: clock.now() + 999 });
  });

  it('[V34] tries at once when asked to', () => {
    const { stream, last, opened } = liveStreamRoom();
    last().failed();
    stream.retryNow();
    expect(state(stream)).toBe('connecting');
    expect(opened).toHaveLength(2);
  });

  it('[V35] holds a connection for dead after 45 s without a message', () => {
    const { stream, goLive, heartbeat, clock } = liveStreamRoom();
    goLive(7);
    clock.advance(44_000);
    heartbeat(7);
    clock.advance(44_999);
    expect(state(stream)).toBe('live');
    clock.advance(1);
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'silent' });
  });

  it('[V35] holds an attempt for dead after 45 s without an answer', () => {
    const { stream, clock } = liveStreamRoom();
    clock.advance(45_000);
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'silent' });
  });

  it('[V36] asks for a new snapshot, and counts it, when the digest disagrees', () => {
    const { stream, goLive, heartbeat, hello, synced, opened, last } = liveStreamRoom();
    goLive(7);
    heartbeat(7, 'another');
    expect(opened).toHaveLength(2);
    expect(last().url).toBe('/stream');
    expect(stream.status).toMatchObject({ divergences: 1, connection: { state: 'connecting' } });
    hello(7);
    synced(7);
    expect(state(stream)).toBe('live');
  });

  it('[V36] waits before the next snapshot when even a new one disagrees', () => {
    const { stream, goLive, heartbeat, hello, synced } = liveStreamRoom();
    goLive(7);
    heartbeat(7, 'another');
    hello(7);
    synced(7, 'another');
    expect(stream.status).toMatchObject({ divergences: 2, connection: { state: 'waiting', reason: 'diverged' } });
  });

  it('[V36] does not compare digests of different moments', () => {
    const { stream, goLive, heartbeat } = liveStreamRoom();
    goLive(7);
    heartbeat(8, 'another');
    expect(stream.status).toMatchObject({ divergences: 0, connection: { state: 'live' } });
  });

  it('[V37] waits as long as a leaving server asks', () => {
    const { stream, goLive, send, clock } = liveStreamRoom();
    goLive(7);
    send('goodbye', { reason: 'shutting down', retryMs: 3_210 });
    expect(stream.status.connection).toMatchObject({
      state: 'waiting',
      reason: 'goodbye',
      retryAt: clock.now() + 3_210,
    });
  });

  it('[V38] gives up a stream whose message breaks the protocol, says which, and takes a new snapshot', () => {
    const { stream, goLive, last, clock } = liveStreamRoom();
    goLive(7);
    last().message('change', '{"seq":"eight"}');
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'malformed' });
    expect(stream.status.problem).toContain('change');
    clock.advance(500);
    expect(last().url).toBe('/stream');
  });

  it('[V39] stops for good when the server speaks another protocol', () => {
    const { stream, hello, clock, opened } = liveStreamRoom();
    hello(7, { protocol: PROTOCOL + 1 });
    clock.advance(600_000);
    expect(stream.status.connection).toMatchObject({ state: 'stopped', reason: 'protocol' });
    expect(opened).toHaveLength(1);
  });

  it('[V39] says when the server has been replaced by another build', () => {
    const { stream, goLive, hello, last, clock } = liveStreamRoom();
    goLive(7);
    expect(stream.status.newBuild).toBe(false);
    last().failed();
    clock.advance(500);
    hello(7, { build: 'b2' });
    expect(stream.status.newBuild).toBe(true);
  });

  it('[V31] tells its subscribers of every change until they leave', () => {
    const { stream, goLive, last } = liveStreamRoom();
    const seen: string[] = [];
    const leave = stream.subscribe(() => seen.push(state(stream)));
    goLive(7);
    last().failed();
    leave();
    stream.retryNow();
    expect(seen).toEqual(['syncing', 'live', 'waiting']);
  });

  it('[V64] asks after a server that has been silent for 3 s, and says the silence when there is no answer', async () => {
    const { stream, goLive, clock, probes, heartbeat, opened } = liveStreamRoom();
    goLive(7);
    const heard = clock.now();
    clock.advance(2_999);
    expect(probes).toHaveLength(0);
    clock.advance(1);
    await probes[0]?.(false);
    expect(stream.status).toMatchObject({ silentSince: heard, connection: { state: 'live' } });
    heartbeat(7);
    expect(stream.status.silentSince).toBeNull();
    expect(opened).toHaveLength(1);
  });

  it('[V64] leaves a quiet stream alone while the server answers', async () => {
    const { stream, goLive, clock, probes } = liveStreamRoom();
    goLive(7);
    for (let round = 0; round < 4; round++) {
      clock.advance(3_000);
      await probes[round]?.(true);
    }
    expect(stream.status).toMatchObject({ silentSince: null, connection: { state: 'live' } });
    expect(probes).toHaveLength(4);
  });

  it('[V65] takes another connection once the server answers again and the old one is still silent', async () => {
    const { stream, goLive, clock, probes, last } = liveStreamRoom();
    goLive(7);
    clock.advance(3_000);
    await probes[0]?.(false);
    clock.advance(3_000);
    await probes[1]?.(true);
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'silent' });
    clock.advance(500);
    expect(last().url).toBe('/stream?from=e1-7');
  });

  it('[V65] a probe that comes back after another connection was opened says nothing about that one', async () => {
    const { stream, goLive, clock, probes, last, hello } = liveStreamRoom();
    goLive(7);
    clock.advance(3_000);
    last().failed();
    clock.advance(500);
    hello(7);
    await probes[0]?.(false);
    expect(stream.status).toMatchObject({ silentSince: null, connection: { state: 'live' } });
  });

  it('[V75] replaces a stream that bears no pulse any more while the server answers, within seven seconds', async () => {
    const { stream, goLive, clock, probes, last, opened } = liveStreamRoom(() => 0.999);
    goLive(7);
    clock.advance(2_000);
    last().message(':', '');
    const heard = clock.now();
    clock.advance(3_000);
    await probes[0]?.(true);
    expect(state(stream)).toBe('live');
    clock.advance(3_000);
    await probes[1]?.(true);
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'silent' });
    clock.advance(999);
    expect(opened).toHaveLength(2);
    expect(last().url).toBe('/stream?from=e1-7');
    expect(clock.now() - heard).toBeLessThanOrEqual(7_000);
  });

  it('[V75] what pulsed on another connection is not expected on this one', async () => {
    const { stream, goLive, hello, clock, probes, last } = liveStreamRoom();
    goLive(7);
    last().message(':', '');
    last().failed();
    clock.advance(500);
    hello(7);
    for (let round = 0; round < 4; round++) {
      clock.advance(3_000);
      await probes[round]?.(true);
    }
    expect(probes).toHaveLength(4);
    expect(state(stream)).toBe('live');
  });

  it('[V66] when it wakes it tries at once what waits, and opens anew what died in its sleep', () => {
    const { stream, goLive, hello, last, clock, opened } = liveStreamRoom(() => 0.999);
    goLive(7);
    stream.wake();
    expect(opened).toHaveLength(1);
    last().failed();
    stream.wake();
    expect(state(stream)).toBe('connecting');
    expect(last().url).toBe('/stream?from=e1-7');
    hello(7);
    clock.sleep(3_600_000);
    stream.wake();
    expect(opened).toHaveLength(3);
    expect(stream.status.behindSince).toBe(clock.now());
  });

  it('[V66] a timer that fires hours late is a waking', () => {
    const { goLive, clock, opened, last } = liveStreamRoom();
    goLive(7);
    clock.sleep(3_600_000);
    clock.advance(0);
    expect(opened).toHaveLength(2);
    expect(last().url).toBe('/stream?from=e1-7');
  });

  it('[V67] waits as long as a server that refuses asks, and keeps its words', () => {
    const { stream, last, clock } = liveStreamRoom();
    last().failed({ reason: 'refused', status: 503, retryMs: 10_000, problem: 'HTTP 503 Service Unavailable' });
    expect(stream.status).toMatchObject({
      problem: 'HTTP 503 Service Unavailable',
      connection: { state: 'waiting', reason: 'refused', retryAt: clock.now() + 10_000 },
    });
  });

  it('[V35] bytes that make no message yet are a sign of life', () => {
    const { stream, goLive, last, clock } = liveStreamRoom();
    goLive(7);
    clock.advance(40_000);
    last().alive();
    clock.advance(44_999);
    expect(state(stream)).toBe('live');
    expect(stream.heard).toBe(clock.now() - 44_999);
  });

  it('[V68] passes over an event that it does not know', () => {
    const { stream, goLive, last } = liveStreamRoom();
    goLive(7);
    last().message('weather', 'rain');
    expect(state(stream)).toBe('live');
  });

  it('[V69] a hello of another epoch in mid-stream begins anew', () => {
    const { stream, goLive, hello, synced, sink } = liveStreamRoom();
    goLive(7);
    sink.calls = [];
    hello(3, { epoch: 'e2' });
    expect(state(stream)).toBe('syncing');
    synced(3);
    expect(sink.calls).toEqual(['restart', 'commit']);
    expect(state(stream)).toBe('live');
  });

  /** Stretches of one step, each begun by hand. */
  function byHand() {
    const later: (() => void)[] = [];
    const pace: Pace = { stretch: () => () => true, later: (run) => later.push(run) };
    return { pace, later, stretch: () => later.shift()?.() };
  }

  const aPart = { kind: 'Pod', count: 2, columns: {}, part: 1, parts: 1, total: 2 } as const;

  it('[V82] handles messages a stretch at a time, in their order, and is live only after the last', () => {
    const { pace, later, stretch } = byHand();
    const { stream, hello, synced, send, change, sink } = liveStreamRoom(undefined, pace);
    sink.steps = 3;
    hello(7);
    send('snapshot', aPart);
    change(8);
    synced(8);
    expect(sink.calls).toEqual(['restart']);
    const seen: string[] = [];
    while (later.length > 0) {
      stretch();
      seen.push(`${sink.calls.at(-1)} ${state(stream)}`);
    }
    expect(sink.calls).toEqual(['restart', 'part Pod', 'part Pod', 'part Pod', 'change 8', 'commit']);
    expect(seen.filter((one) => one.endsWith('live'))).toEqual(['commit live', 'commit live']);
  });

  it('[V83] what waits of a snapshot is dropped when its stream ends, and the next one begins anew', () => {
    const { pace, later, stretch } = byHand();
    const { stream, hello, synced, send, last, sink, clock } = liveStreamRoom(undefined, pace);
    sink.steps = 3;
    hello(7);
    send('snapshot', aPart);
    synced(7);
    stretch();
    stretch();
    last().failed();
    expect(state(stream)).toBe('waiting');
    while (later.length > 0) stretch();
    expect(sink.calls).toEqual(['restart', 'part Pod']);
    clock.advance(500);
    expect(last().url).toBe('/stream');
    hello(9);
    synced(9);
    while (later.length > 0) stretch();
    expect(sink.calls).toEqual(['restart', 'part Pod', 'restart', 'commit']);
    expect(state(stream)).toBe('live');
  });

  it('[V83] a part that does not fit is named, at whatever step that shows', () => {
    const { stream, hello, send, sink } = liveStreamRoom();
    sink.part = function* () {
      yield;
      throw new Error('snapshot of Pod, column name: 1 rows where 2 were announced');
    };
    hello(7);
    send('snapshot', aPart);
    expect(stream.status).toMatchObject({
      problem: 'snapshot of Pod, column name: 1 rows where 2 were announced',
      connection: { state: 'waiting', reason: 'malformed' },
    });
  });

  it('[V82] tells how far a snapshot has come ten times a second at most', () => {
    const { stream, hello, send, clock } = liveStreamRoom();
    hello(7);
    let told = 0;
    stream.subscribe(() => {
      told += 1;
    });
    for (let part = 0; part < 50; part++) {
      send('snapshot', { ...aPart, total: 100 });
      clock.advance(10);
    }
    expect(told).toBe(5);
    expect(stream.status.connection).toMatchObject({ received: 100, expected: 100 });
  });

  it('[V84] resumes where it is when more changes wait than it comes to apply', () => {
    const { pace, stretch } = byHand();
    const { stream, hello, last, clock } = liveStreamRoom(undefined, pace);
    hello(7);
    last().message('synced', JSON.stringify({ seq: 7, counts: {}, digest: 'd' }));
    stretch();
    stretch();
    const mega = ' '.repeat(1024 * 1024);
    // The first of them finds nothing before it and is applied at once.
    for (let n = 0; n <= 64; n++) last().message('change', `{"seq":${8 + n},"upserts":[],"removes":[]${mega}}`);
    expect(stream.status.connection).toMatchObject({ state: 'waiting', reason: 'behind' });
    clock.advance(500);
    expect(last().url).toBe('/stream?from=e1-8');
  });
});
