import { type Entity, type KindRow, type KubeObject, kindRow, project, type SourceState } from '@portolan/shared';
import { ApiError, type ApiErrorReason } from '../watch/api-error.ts';
import type { EntitySink } from '../watch/base-reader.ts';
import { Discovery } from '../watch/discovery.ts';
import { Epochs } from '../watch/epochs.ts';
import { Gate } from '../watch/gate.ts';
import { Reflector } from '../watch/reflector.ts';
import type { ApiClient } from '../watch/transport.ts';
import { WatchListSupport } from '../watch/watch-list-support.ts';
import { FakeClock } from './fake-clock.ts';
import { MemorySink } from './memory-sink.ts';
import { namespaceObject } from './objects.ts';
import { listOf, ScriptedClient } from './scripted-client.ts';

/** What a cluster that serves Namespaces alone answers to discovery. */
export const served = (gitVersion: string): Record<string, object> => ({
  '/version': { gitVersion },
  '/apis': { groups: [] },
  '/api/v1': { resources: [{ name: 'namespaces' }] },
});

/** One reflector of Namespaces with everything that it needs, on a clock that stands still. */
export function reflectorOn<C extends ApiClient, S extends EntitySink = MemorySink>(
  client: C,
  row: KindRow = kindRow('Namespace'),
  { clock = new FakeClock(), sink = new MemorySink() as EntitySink as S }: { clock?: FakeClock; sink?: S } = {},
) {
  const renewals: string[] = [];
  const epochs = new Epochs(clock, (reason) => renewals.push(reason));
  const states: SourceState[] = [];
  const currents: (number | null)[] = [];
  const reflector: Reflector = new Reflector(row, 0, {
    client,
    discovery: new Discovery(client, [row], clock),
    gate: new Gate(clock),
    support: new WatchListSupport(),
    epochs,
    sink,
    project: (object) => room.read(object),
    needless: () => room.needless,
    clock,
    heard: () => undefined,
    silentSince: () => null,
    suspected: () => undefined,
    changed: () => {
      const { state, current } = reflector.source();
      states.push(state);
      if (state !== 'live') currents.push(current);
    },
  });
  const room: {
    clock: FakeClock;
    client: C;
    sink: S;
    epochs: Epochs;
    renewals: string[];
    /** The states that were told, in order. */
    states: SourceState[];
    /** As of when what is held was told to be, whenever it was not live. */
    currents: (number | null)[];
    read: (object: KubeObject) => Entity;
    needless: string | null;
    reflector: Reflector;
  } = {
    clock,
    client,
    sink,
    epochs,
    renewals,
    states,
    currents,
    read: (object) => project(row.kind, object),
    needless: null,
    reflector,
  };
  return room;
}

/** What a test on a scripted apiserver has at hand. */
export type ReflectorRoom = ReturnType<typeof reflectorOn<ScriptedClient>> & {
  /** Lists one namespace at version 10 and is live. */
  live: () => Promise<void>;
  watchVersions: () => (string | undefined)[];
  /** Lives on for so many ms, with a bookmark a minute as a watch that is well has. */
  liveOn: (ms: number, version?: string) => Promise<void>;
  /** The audits' requests. */
  audits: () => ScriptedClient['requests'];
  /** How often everything was asked for, in pages; an audit is none. */
  lists: () => number;
  /** How long the wait is that it is in. */
  wait: () => number;
};

/** A reflector on a scripted apiserver of a version: before 1.27 it is read in pages, from there on as a WatchList. */
export function reflectorRoom(gitVersion: string, row: KindRow = kindRow('Namespace')): ReflectorRoom {
  const room = reflectorOn(new ScriptedClient('/api/v1/namespaces', served(gitVersion)), row);
  const { client, clock, reflector } = room;
  const of = (verb: string) => client.requests.filter((one) => one.verb === verb);
  return Object.assign(room, {
    live: async () => {
      client.willList(listOf('10', [namespaceObject('a', '5')]));
      reflector.start();
      await clock.settle();
    },
    liveOn: async (ms: number, version = '10') => {
      for (let left = ms; left > 0; left -= 60_000) {
        client.watching.event('BOOKMARK', { kind: 'Namespace', metadata: { resourceVersion: version } });
        await clock.advance(Math.min(left, 60_000));
      }
    },
    audits: () => client.requests.filter(({ query }) => query.limit === '1'),
    watchVersions: () => of('watch').map((one) => one.query.resourceVersion),
    lists: () => of('list').filter(({ query }) => query.limit !== '1').length,
    wait: () => (reflector.source().retryAt ?? 0) - clock.now(),
  });
}

/** A refusal by its reason. */
export function refusal(reason: ApiErrorReason, retryAfterMs: number | null = null): ApiError {
  return new ApiError(reason, reason, { retryAfterMs });
}

/** What an audit is answered: one object of so many, at a version. */
export function counted(version: string, objects: number): object {
  const metadata = {
    resourceVersion: version,
    ...(objects > 1 && { continue: 'more', remainingItemCount: objects - 1 }),
  };
  return { kind: 'NamespaceList', metadata, items: objects === 0 ? [] : [namespaceObject('a', '5')] };
}

/** The bookmark that ends the initial events of a WatchList. */
export function initialEventsEnd(version: string): object {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return { kind: 'Namespace', metadata: { resourceVersion: version, annotations } };
}
