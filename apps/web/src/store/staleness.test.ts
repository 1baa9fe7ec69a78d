import type { Source } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import type { Connection, StreamStatus } from '../stream/connection.ts';
import { type StalenessInput, stalenessOf } from './staleness.ts';

const NOW = 1_000_000;
const status = (connection: Connection, behindSince: number | null): StreamStatus => ({
  connection,
  behindSince,
  newBuild: false,
  silentSince: null,
  divergences: 0,
  problem: null,
});
const live = status({ state: 'live', since: 0 }, null);
const waiting = (behindSince: number) =>
  status({ state: 'waiting', since: behindSince, retryAt: NOW + 4_000, reason: 'lost' }, behindSince);
const input = (over: Partial<StalenessInput>): StalenessInput => ({
  status: live,
  heard: NOW - 3_000,
  sources: [],
  ages: [],
  offset: 0,
  now: NOW,
  ...over,
});

describe('why a picture is not current', () => {
  it('[V43] is nothing while the stream and its sources are', () => {
    expect(stalenessOf(input({}))).toBeNull();
  });

  it('[V43] is the server once it has been away for more than 2 s, with the moment shown and the next try', () => {
    expect(stalenessOf(input({ status: waiting(NOW - 2_000) }))).toBeNull();
    expect(stalenessOf(input({ status: waiting(NOW - 2_001) }))).toEqual({
      what: 'server',
      since: NOW - 2_001,
      asOf: NOW - 3_000,
      retryAt: NOW + 4_000,
      phase: 'waiting',
    });
  });

  it('[V43] stays the server, as of the loss, while a new snapshot arrives', () => {
    const syncing = status({ state: 'syncing', since: NOW, received: 1, expected: 2 }, NOW - 9_000);
    expect(stalenessOf(input({ status: syncing, heard: NOW }))).toMatchObject({
      phase: 'syncing',
      asOf: NOW - 9_000,
      retryAt: null,
    });
  });

  it('[V43] is nothing before the first message: there is no picture that could be old', () => {
    expect(stalenessOf(input({ status: waiting(NOW - 60_000), heard: null }))).toBeNull();
  });

  it('[V44] is a source that is no longer fed, in the cluster’s own words, on this browser’s clock', () => {
    const source: Source = {
      kind: 'Pod',
      state: 'backoff',
      objects: 3,
      since: 0,
      heard: null,
      current: 0,
      problem: 'connect ECONNREFUSED 10.0.0.1:6443',
      retryAt: NOW + 500 + 8_000,
      reading: null,
    };
    const ages = [
      { kind: 'Pod', state: 'stale', age: 20_000 },
      { kind: 'Node', state: 'live', age: 20_000 },
    ] as const;
    expect(stalenessOf(input({ sources: [source], ages, offset: 500 }))).toEqual({
      what: 'sources',
      kinds: ['Pod'],
      asOf: NOW - 20_000,
      retryAt: NOW + 8_000,
      problem: 'connect ECONNREFUSED 10.0.0.1:6443',
    });
  });

  it('[V39] is the protocol when the stream has stopped for good', () => {
    const stopped = status({ state: 'stopped', since: NOW, reason: 'protocol' }, NOW);
    expect(stalenessOf(input({ status: stopped }))).toEqual({ what: 'protocol' });
  });

  it('[V64] is the server when it does not answer though nothing broke', () => {
    const silent = { ...live, silentSince: NOW - 5_000 };
    expect(stalenessOf(input({ status: silent, heard: NOW - 5_000 }))).toEqual({
      what: 'server',
      since: NOW - 5_000,
      asOf: NOW - 5_000,
      retryAt: null,
      phase: 'silent',
    });
  });

  it('[V71] is a source that fails, in words, before what it holds is old', () => {
    const source = (current: number): Source => ({
      kind: 'Pod',
      state: 'resuming',
      objects: 3,
      since: 0,
      heard: null,
      current,
      problem: 'the apiserver does not answer',
      retryAt: null,
      reading: null,
    });
    const of = (current: number) =>
      stalenessOf(input({ sources: [source(current)], ages: [{ kind: 'Pod', state: 'live', age: NOW - current }] }));
    expect(of(NOW - 2_000)).toBeNull();
    expect(of(NOW - 2_001)).toMatchObject({ what: 'sources', problem: 'the apiserver does not answer' });
  });
});
