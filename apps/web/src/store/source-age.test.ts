import type { Source } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { sourceAge } from './source-age.ts';

const NOW = 1_000_000;
const source = (over: Partial<Source> = {}): Source => ({
  kind: 'Pod',
  state: 'live',
  objects: 3,
  since: NOW - 100_000,
  heard: NOW,
  current: NOW,
  problem: null,
  retryAt: null,
  reading: null,
  ...over,
});
const streaming = { now: NOW, told: NOW, heard: NOW - 2_000, streaming: true };

describe('the age of a source', () => {
  it('[V40] counts a live one from the stream’s last message', () => {
    expect(sourceAge(source(), streaming)).toEqual({ kind: 'Pod', state: 'live', age: 2_000 });
  });

  it('[V40] goes on counting from the last message while nothing else is told of it', () => {
    const told = { ...streaming, told: NOW - 14_000, heard: NOW - 100 };
    expect(sourceAge(source({ current: NOW - 14_000 }), told)).toEqual({ kind: 'Pod', state: 'live', age: 100 });
  });

  it('[V40] [W45] counts a live one that was not current when it was told of from when it was, and calls it stale in time', () => {
    const owed = (age: number, kind: Source['kind'] = 'Pod') =>
      sourceAge(source({ kind, current: NOW - age }), { ...streaming, told: NOW - 1000, heard: NOW - 100 });
    expect(owed(3000)).toEqual({ kind: 'Pod', state: 'live', age: 3000 });
    expect([owed(22_000).state, owed(22_001).state]).toEqual(['live', 'stale']);
    expect([owed(60_000, 'Node').state, owed(60_001, 'Node').state]).toEqual(['live', 'stale']);
  });

  it('[V40] counts one that is not live from when it was last current', () => {
    const away = source({ state: 'backoff', current: NOW - 8_000 });
    expect(sourceAge(away, streaming)).toEqual({ kind: 'Pod', state: 'live', age: 8_000 });
  });

  it('[V40] holds nothing for younger than the last message', () => {
    const away = source({ state: 'backoff', current: NOW });
    expect(sourceAge(away, { ...streaming, heard: NOW - 5_000 }).age).toBe(5_000);
  });

  it('[V41] is stale after 15 s, and a node after 60 s', () => {
    const away = (kind: Source['kind'], age: number) =>
      sourceAge(source({ kind, state: 'resuming', current: NOW - age }), { ...streaming, heard: NOW }).state;
    expect([away('Pod', 15_000), away('Pod', 15_001)]).toEqual(['live', 'stale']);
    expect([away('Node', 60_000), away('Node', 60_001)]).toEqual(['live', 'stale']);
  });

  it('[V41] is not stale between two heartbeats of a quiet cluster', () => {
    expect(sourceAge(source(), { ...streaming, heard: NOW - 16_000 }).state).toBe('live');
    expect(sourceAge(source(), { ...streaming, heard: NOW - 23_000 }).state).toBe('stale');
  });

  it('[V41] is stale 15 s after the stream was lost, whatever its kind', () => {
    const lost = { now: NOW, told: NOW - 15_001, heard: NOW - 15_001, streaming: false };
    expect(sourceAge(source(), lost).state).toBe('stale');
    expect(sourceAge(source({ kind: 'Node' }), lost).state).toBe('stale');
  });

  it('[V41] is as old as its last list where it is polled, and stale when it missed two', () => {
    const polled = (age: number, objects = 3) =>
      sourceAge(source({ kind: 'PodMetrics', current: NOW - age, objects }), { ...streaming, heard: NOW });
    expect(polled(30_000)).toEqual({ kind: 'PodMetrics', state: 'live', age: 30_000 });
    expect(polled(67_001).state).toBe('stale');
    expect(polled(67_001, 100_000).state).toBe('live');
    const lost = { now: NOW, told: NOW - 15_001, heard: NOW - 15_001, streaming: false };
    expect(sourceAge(source({ kind: 'PodMetrics', current: NOW - 20_000 }), lost).state).toBe('stale');
  });

  it('[V42] is said to be hidden or absent, never empty', () => {
    expect(sourceAge(source({ state: 'forbidden' }), streaming).state).toBe('hidden');
    expect(sourceAge(source({ state: 'authFailed', current: NOW - 20_000 }), streaming).state).toBe('stale');
    expect(sourceAge(source({ state: 'absent' }), streaming).state).toBe('absent');
    expect(sourceAge(source({ state: 'syncing', current: null }), streaming).state).toBe('pending');
  });
});
