import type { Digest, Entity, Kind, Source } from '@portolan/shared';

/** An entity's latest step in the log; `entity` is null when it is gone. */
export interface Entry {
  seq: number;
  kind: Kind;
  namespace: string;
  uid: string;
  entity: Entity | null;
}

/** What the stream needs of one cluster: its present, its log and its sources. */
export interface StreamSource {
  readonly cluster: string;
  readonly epoch: string;
  readonly seq: number;
  /** The entities as they are at `seq`. */
  entities(kind: Kind): Iterable<Entity>;
  /** How many entities of a kind each namespace has at `seq`, and their digest. */
  tallies(kind: Kind): Iterable<{ namespace: string; count: number; digest: Digest }>;
  /** At most `limit` entries after a cursor, and where to go on; `reset` when the log does not reach back to it. */
  after(seq: number, limit: number): { entries: Entry[]; to: number } | 'reset';
  sources(): Source[];
  /** The apiserver's clock minus ours in ms; null until it was heard. */
  readonly skewMs: number | null;
}
