import type { Source, SourceState } from '@portolan/shared';
import { pino } from 'pino';
import { beforeEach, expect, it } from 'vitest';
import { sourceLog } from './source-log.ts';

let said: string[];
let log: ReturnType<typeof sourceLog>;

beforeEach(() => {
  said = [];
  const write = (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg);
  log = sourceLog(pino({}, { write }), 'test');
});

const source = (kind: Source['kind'], state: SourceState, problem: string | null = null): Source => ({
  kind,
  state,
  objects: 0,
  since: 0,
  heard: null,
  current: null,
  problem,
  retryAt: null,
  reading: null,
});

it('[H15] a problem is said once, however many kinds it strikes, and the end of it too', () => {
  log([source('Pod', 'backoff', 'refused'), source('Node', 'live')]);
  log([source('Pod', 'backoff', 'refused'), source('Node', 'backoff', 'refused')]);
  expect(said).toEqual(['refused; trying again']);
  log([source('Pod', 'live'), source('Node', 'live')]);
  log([source('Pod', 'live'), source('Node', 'live')]);
  expect(said).toEqual(['refused; trying again', 'every source is live again']);
});

it('[H15] a kind that is forbidden keeps no later outage from being said', () => {
  const denied = source('Node', 'forbidden', 'not allowed');
  log([source('Pod', 'live'), denied]);
  for (let outage = 0; outage < 2; outage++) {
    log([source('Pod', 'backoff', 'refused'), denied]);
    log([source('Pod', 'live'), denied]);
  }
  const outage = ['refused; trying again', 'every source is live again'];
  expect(said).toEqual(['not allowed; trying again', ...outage, ...outage]);
});
