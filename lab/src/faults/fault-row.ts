import type { Random } from '@portolan/shared';
import type { Leg } from '../proxy/leg.ts';
import type { ScaledClock } from '../scaled-clock.ts';
import type { Realm } from '../world/realm.ts';

/** What a fault was told, so that it can be printed and told again. */
export type Params = Readonly<Record<string, number | string>>;

/** What a viewer can have done to it. */
export interface Tab {
  /** It reads nothing until the answered function is called. */
  freeze(): () => void;
  /** It reads nothing, and no timer of its runs, until the answered function is called: a page that the browser froze. */
  sleep(): () => void;
  /** From its next connection on it asks for gzip, or no longer. */
  recompress(): void;
  /** It waits so long after each chunk; 0 ends it. */
  linger(ms: number): void;
}

/** What faults work on. */
export interface Scene {
  api: Leg;
  page: Leg;
  clock: ScaledClock;
  /** For chances that are taken while it lasts. */
  random: Random;
  tabs: readonly Tab[];
  /** Ends the server, politely or not, and starts another after `downMs`; resolves when that one serves. */
  restartServer(how: 'goodbye' | 'kill', downMs: number): Promise<void>;
  /** The cluster behind the apiserver's address. */
  realm: Realm;
  /** Writes so many changes at once. */
  burst(changes: number): void;
}

/** One fault of the table. Durations and rates are the clock's. */
export interface FaultRow {
  id: string;
  /** How often it is drawn, beside the others. */
  weight: number;
  /** While it lasts, and a while after, what is shown may be older than it says: nobody could have known. */
  silent: boolean;
  /** How long that while is, 15 s by default. */
  echoMs?: number;
  plan(random: Random): Params;
  /** Begins it; `met` is called each time that something is befallen. What it answers ends it. */
  begin(scene: Scene, params: Params, met: () => void): (() => void) | undefined;
}

/** A parameter that is a number; throws where a schedule lacks it. */
export function numberOf(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== 'number')
    throw new TypeError(`the fault wants a number "${name}", not ${JSON.stringify(value)}`);
  return value;
}

/** A parameter that is a word. */
export function wordOf(params: Params, name: string): string {
  return String(params[name]);
}
