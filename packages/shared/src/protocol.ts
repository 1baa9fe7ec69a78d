import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { column } from './columns/column.ts';
import { entity, kindName } from './entity/entity.ts';

// The small zod says only "Invalid input" unless it is given words; a viewer is told what was wrong with a message.
z.config(en());

/** The version of the stream's messages; a client that speaks another reloads. */
export const PROTOCOL = 2;

/** The state of the reflector that feeds one kind. Data is kept, and may be old, in every state but the last four. */
export const sourceState = z.enum([
  'idle',
  'syncing',
  'live',
  'resuming',
  'backoff',
  'authFailed',
  'forbidden',
  'absent',
  'stopped',
]);
export type SourceState = z.infer<typeof sourceState>;

/**
 * One kind's source. Times are the server's epoch ms: `since` when it entered its state, `heard` when the last byte came
 * from the apiserver. `current` is when what it holds was last known to be the whole truth: now while it is live,
 * else the moment it ceased to be; a live one that went on behind a cut is as of the cut until that was audited, and one
 * that is polled as of its last list. `problem` is the last failure in words, null once healed; `retryAt` the next try.
 * `reading` is how far a whole list has come that is being read and not yet shown: `expected` is null where the apiserver
 * does not say.
 */
export const source = z.object({
  kind: kindName,
  state: sourceState,
  objects: z.number(),
  since: z.number(),
  heard: z.nullable(z.number()),
  current: z.nullable(z.number()),
  problem: z.nullable(z.string()),
  retryAt: z.nullable(z.number()),
  reading: z.nullable(z.object({ received: z.number(), expected: z.nullable(z.number()) })),
});
export type Source = z.infer<typeof source>;

/** Numbers of entities by kind; a kind that is absent or forbidden has no number. */
export const counts = z.partialRecord(kindName, z.number());
export type Counts = z.infer<typeof counts>;

/** What a stream is limited to; empty lists mean everything. */
export const scope = z.object({ namespaces: z.array(z.string()), kinds: z.array(kindName) });
export type Scope = z.infer<typeof scope>;

/** The messages of the stream by event name; the contract is the page "The log and the stream" of the design. */
export const messages = {
  hello: z.object({
    protocol: z.number(),
    epoch: z.string(),
    seq: z.number(),
    build: z.string(),
    cluster: z.string(),
    scope,
    heartbeatMs: z.number(),
  }),
  snapshot: z.object({
    kind: kindName,
    count: z.int(),
    columns: z.record(z.string(), column),
    part: z.int(),
    parts: z.int(),
    total: z.int(),
  }),
  synced: z.object({ seq: z.number(), counts, digest: z.string() }),
  change: z.object({
    seq: z.number(),
    upserts: z.array(entity),
    removes: z.array(z.object({ kind: kindName, uid: z.string() })),
  }),
  /** `skewMs` is the apiserver's clock minus the server's, by its `Date` header (to a second); null until it was heard. */
  sources: z.object({ serverTime: z.number(), skewMs: z.nullable(z.number()), sources: z.array(source) }),
  heartbeat: z.object({ seq: z.number(), counts, digest: z.string(), serverTime: z.number() }),
  reset: z.object({ reason: z.string() }),
  goodbye: z.object({ reason: z.string(), retryMs: z.number() }),
} as const;

/** The name of a stream event. */
export type MessageName = keyof typeof messages;

/** The data of one message by its event name. */
export type MessageData<N extends MessageName> = z.infer<(typeof messages)[N]>;

/** A message with its name, discriminated by `event`. */
export type Message = { [N in MessageName]: { event: N; data: MessageData<N> } }[MessageName];
