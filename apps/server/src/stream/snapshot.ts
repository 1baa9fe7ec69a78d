import { type Entity, encodeColumns, KINDS, type Scope } from '@portolan/shared';
import { frame } from './frame.ts';
import { inScope, showsKind } from './scoped.ts';
import type { StreamSource } from './stream-source.ts';

/** At most this many entities a part, so that no part takes a browser a frame. */
export const PART = 500;

/** Everything that a scope shows at one moment, as parts that are encoded when first asked for and then shared. */
export class Snapshot {
  /** The log's number at that moment. */
  readonly seq: number;
  #parts: Entity[][] = [];
  #total = 0;
  #encoded: Buffer[] = [];
  #bytes = 0;

  constructor(source: StreamSource, scope: Scope) {
    this.seq = source.seq;
    for (const kind of KINDS) {
      if (!showsKind(scope, kind)) continue;
      let part: Entity[] = [];
      for (const entity of source.entities(kind)) {
        if (!inScope(scope, entity)) continue;
        if (part.length === 0) this.#parts.push(part);
        part.push(entity);
        this.#total++;
        if (part.length === PART) part = [];
      }
    }
  }

  get length(): number {
    return this.#parts.length;
  }

  /** How many bytes have been encoded, and are held. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes of one part. */
  part(index: number): Buffer {
    const made = this.#encoded[index];
    if (made !== undefined) return made;
    const entities = this.#parts[index];
    const first = entities?.[0];
    if (entities === undefined || first === undefined) throw new RangeError(`no part ${index} of ${this.length}`);
    const bytes = frame('snapshot', {
      kind: first.kind,
      count: entities.length,
      columns: encodeColumns(entities),
      part: index + 1,
      parts: this.length,
      total: this.#total,
    });
    this.#encoded[index] = bytes;
    this.#bytes += bytes.length;
    return bytes;
  }
}
