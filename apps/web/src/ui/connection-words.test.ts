import { describe, expect, it } from 'vitest';
import { createI18n } from '../i18n/i18n.tsx';
import type { Connection, StreamStatus } from '../stream/connection.ts';
import { connectionWords } from './connection-words.ts';

const NOW = 1_000_000;
const i18n = createI18n('en');
const say = (connection: Connection, heard: number | null, behindSince: number | null = NOW) => {
  const status: StreamStatus = {
    connection,
    behindSince,
    newBuild: false,
    silentSince: null,
    divergences: 0,
    problem: null,
  };
  const { word, detail, tone } = connectionWords(status, heard, NOW, i18n);
  return { said: detail === null ? word : `${word} · ${detail}`, tone };
};

describe('the connection indicator', () => {
  it('[V31] says live and how long ago the server spoke', () => {
    expect(say({ state: 'live', since: 0 }, NOW - 200, null)).toEqual({ said: 'live · 0.2 s', tone: 'ready' });
  });

  it('[V31] does not call live what has been silent for longer than a heartbeat', () => {
    expect(say({ state: 'live', since: 0 }, NOW - 21_000, null)).toEqual({ said: 'Last heard 21 s ago', tone: 'warn' });
  });

  it('[V31] says that it connects, receives, or when it tries again', () => {
    expect(say({ state: 'connecting', since: NOW }, null).said).toBe('connecting…');
    expect(say({ state: 'connecting', since: NOW }, NOW - 9_000).said).toBe('reconnecting…');
    expect(say({ state: 'syncing', since: NOW, received: 2_150, expected: 5_000 }, NOW).said).toBe(
      'receiving · 2,150 / 5,000',
    );
    const waiting = { state: 'waiting', since: NOW, retryAt: NOW + 3_100, reason: 'lost' } as const;
    expect(say(waiting, NOW)).toEqual({ said: 'lost, next try in 4 s', tone: 'fail' });
  });

  it('[V39] says that it has stopped', () => {
    expect(say({ state: 'stopped', since: NOW, reason: 'protocol' }, NOW).said).toBe('stopped: the server has changed');
  });

  it('[V64] says how long there has been no answer', () => {
    const status: StreamStatus = {
      connection: { state: 'live', since: 0 },
      behindSince: null,
      newBuild: false,
      silentSince: NOW - 5_000,
      divergences: 0,
      problem: null,
    };
    expect(connectionWords(status, NOW - 5_000, NOW, i18n)).toMatchObject({
      word: 'no answer for 5.0 s',
      tone: 'fail',
    });
  });
});
