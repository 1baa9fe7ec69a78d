import { between, pick } from '@portolan/shared';
import type { Leg } from '../proxy/leg.ts';
import type { Ending } from '../proxy/pipe.ts';
import type { Weather } from '../proxy/weather.ts';
import { type FaultRow, numberOf, type Params, type Scene, wordOf } from './fault-row.ts';

type Facts = Omit<FaultRow, 'id' | 'weight' | 'silent' | 'plan' | 'begin'> &
  Partial<Pick<FaultRow, 'weight' | 'silent' | 'plan'>> & {
    id: string;
    begin(leg: Leg, scene: Scene, params: Params, met: () => void): (() => void) | undefined;
  };

const ending = (random: () => number) => ({ ending: pick(random, ['fin', 'rst']) });
const endingOf = (params: Params) => wordOf(params, 'ending') as Ending;

/** Sets a weather and sets it back; it has befallen something when anything is open, or comes. */
function weather({ tcp }: Leg, change: Partial<Weather>, back: Partial<Weather>, met: () => void): () => void {
  tcp.weather(change);
  const before = tcp.accepted;
  if (tcp.open > 0) met();
  return () => {
    if (tcp.accepted > before) met();
    tcp.weather(back);
  };
}

function door({ tcp }: Leg, how: 'blackHole' | 'refuse', ends: Ending, met: () => void): () => void {
  const before = tcp.turnedAway;
  tcp.door = how;
  tcp.cut(ends);
  return () => {
    for (let turned = tcp.turnedAway; turned > before; turned--) met();
    tcp.door = 'open';
  };
}

/** What befalls connections and bytes, on whichever leg. */
const NETWORK: readonly Facts[] = [
  {
    id: 'cut',
    weight: 3,
    plan: (random) => ({ ...ending(random), share: pick(random, [0.3, 0.7, 1]) }),
    begin({ tcp }, { random }, params, met) {
      for (let cut = tcp.cut(endingOf(params), () => random() < numberOf(params, 'share')); cut > 0; cut--) met();
      return undefined;
    },
  },
  {
    id: 'freeze',
    silent: true,
    begin: (leg, _scene, _params, met) => weather(leg, { frozen: true }, { frozen: false }, met),
  },
  {
    id: 'half-open',
    silent: true,
    begin({ tcp }, _scene, _params, met) {
      const { befell, thaw } = tcp.freezeOpen();
      if (befell > 0) met();
      return thaw;
    },
  },
  {
    id: 'black-hole',
    plan: ending,
    begin: (leg, _scene, params, met) => door(leg, 'blackHole', endingOf(params), met),
  },
  { id: 'refuse', plan: ending, begin: (leg, _scene, params, met) => door(leg, 'refuse', endingOf(params), met) },
  {
    id: 'delay',
    silent: true,
    plan: (random) => ({ ms: between(random, 50, 4000) }),
    begin: (leg, _scene, params, met) => weather(leg, { delayMs: numberOf(params, 'ms') }, { delayMs: 0 }, met),
  },
  {
    id: 'trickle',
    silent: true,
    plan: (random) => ({ bytesPerSecond: between(random, 500, 20_000) }),
    begin: (leg, _scene, params, met) =>
      weather(
        leg,
        { bytesPerSecond: numberOf(params, 'bytesPerSecond'), piece: () => 512 },
        { bytesPerSecond: null, piece: null },
        met,
      ),
  },
  {
    id: 'split',
    weight: 2,
    silent: true,
    plan: (random) => ({ most: pick(random, [1, 3, 7, 61, 1021]) }),
    begin(leg, { random }, params, met) {
      // Single bytes at first, where heads and first lines are; then odd pieces, so that a list is not the whole run.
      let singles = 3000;
      const most = numberOf(params, 'most');
      const piece = () => (singles-- > 0 ? between(random, 1, most) : between(random, most, most + 900));
      const end = weather(leg, { piece }, { piece: null }, met);
      // What is open shall be begun anew, in pieces.
      leg.tcp.cut('rst');
      return end;
    },
  },
  {
    id: 'truncate',
    weight: 2,
    plan: (random) => ({ ...ending(random), bytes: pick(random, [0, 1, 17, 400, 3000]) }),
    begin({ tcp }, { burst }, params, met) {
      if (tcp.truncate(numberOf(params, 'bytes'), endingOf(params)) > 0) met();
      burst(5);
      return undefined;
    },
  },
];

/** The rows of one leg. */
export function networkRows(leg: 'api' | 'page'): FaultRow[] {
  return NETWORK.map(({ id, weight = 1, silent = false, plan = () => ({}), begin }) => ({
    id: `${leg}.${id}`,
    weight,
    silent,
    plan,
    begin: (scene, params, met) => begin(scene[leg], scene, params, met),
  }));
}
