import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '@portolan/shared';
import { between, pick } from '@portolan/shared';
import type { Leg } from '../proxy/leg.ts';
import { FAIR } from '../proxy/weather.ts';
import type { ControlPlane } from './control-plane.ts';

/** What faults befall: a control plane, and the two legs between it and a browser. */
export interface Stage {
  plane: ControlPlane;
  /** Apiserver → server, and server → browser. */
  legs: readonly [Leg, Leg];
  /** Whether the apiserver answers. */
  ready: () => Promise<boolean>;
}

/** Something that befalls and is over when it resolves, without leaving anything behind. */
export interface RealFault {
  name: string;
  /** `milliseconds` is how long it lasts. */
  befall: (stage: Stage, milliseconds: number, random: Random) => Promise<void>;
}

/** What befalls a control plane and its network, as rows; `seconds` are drawn by the schedule. */
export const REAL_FAULTS: readonly RealFault[] = [
  {
    name: 'the apiserver is frozen',
    async befall({ plane }, milliseconds) {
      plane.apiserver.freeze();
      try {
        await wait(milliseconds);
      } finally {
        plane.apiserver.thaw();
      }
    },
  },
  {
    name: 'the apiserver is killed and started again',
    async befall({ plane, ready }, milliseconds) {
      await plane.apiserver.kill();
      await wait(milliseconds / 2);
      await plane.startApiserver(ready);
    },
  },
  {
    name: 'etcd is compacted while the apiserver is gone',
    async befall({ plane, ready }, milliseconds) {
      await plane.apiserver.kill();
      await plane.etcd.compact();
      await wait(milliseconds / 4);
      await plane.startApiserver(ready);
    },
  },
  {
    name: 'etcd is compacted behind a network that is black-holed',
    async befall({ plane, legs: [api] }, milliseconds) {
      api.tcp.door = 'blackHole';
      const frozen = api.tcp.freezeOpen();
      await wait(milliseconds);
      await plane.etcd.compact();
      frozen.thaw();
      api.tcp.cut('rst');
      api.tcp.door = 'open';
    },
  },
  {
    name: 'connections are cut',
    async befall({ legs }, milliseconds, random) {
      const until = Date.now() + milliseconds;
      while (Date.now() < until) {
        pick(random, legs).tcp.cut(pick(random, ['fin', 'rst'] as const));
        await wait(between(random, 100, 800));
      }
    },
  },
  {
    name: 'connections are refused',
    async befall({ legs }, milliseconds, random) {
      const { tcp } = pick(random, legs);
      tcp.door = 'refuse';
      tcp.cut('rst');
      await wait(milliseconds);
      tcp.door = 'open';
    },
  },
  {
    name: 'the network trickles in small pieces',
    async befall({ legs }, milliseconds, random) {
      const { tcp } = pick(random, legs);
      tcp.weather({ ...FAIR, delayMs: between(random, 20, 300), piece: () => between(random, 1, 700) }, 'both');
      await wait(milliseconds);
      tcp.weather(FAIR, 'both');
    },
  },
  {
    name: 'a stream ends within a line',
    async befall({ legs }, milliseconds, random) {
      pick(random, legs).tcp.truncate(between(random, 1, 4_000), pick(random, ['fin', 'rst'] as const));
      await wait(milliseconds / 4);
    },
  },
];

/** One fault of a schedule: after `pauseMs` of peace, for `lastsMs`. */
export interface Appointment {
  fault: RealFault;
  pauseMs: number;
  lastsMs: number;
}

/** The faults of a seed, in order. The first ones take turns by seed, so that a few seeds meet each row. */
export function realSchedule(random: Random, seed: number, count: number): Appointment[] {
  return Array.from({ length: count }, (_, index) => {
    const inTurn = REAL_FAULTS[(seed * 2 + index) % REAL_FAULTS.length];
    return {
      fault: index < 2 && inTurn !== undefined ? inTurn : pick(random, REAL_FAULTS),
      pauseMs: between(random, 300, 2_000),
      lastsMs: between(random, 1_500, 6_000),
    };
  });
}
