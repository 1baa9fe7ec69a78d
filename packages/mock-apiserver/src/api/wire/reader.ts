import { badRequest } from '../../api-error.ts';

/** What stands on the wire behind a tag: a number, or the bytes of anything longer. */
export type Raw = bigint | Buffer;

/** Reads numbers of variable length off a buffer, from where it left off. */
export class Varints {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Whether anything is left. */
  get more(): boolean {
    return this.at < this.#bytes.length;
  }

  /** The next number; throws BadRequest where it breaks off. */
  next(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.at];
      if (byte === undefined) break;
      this.at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw badRequest('the protobuf body breaks off within a number');
  }
}

/** The pairs of tag and value of a message; throws BadRequest where it breaks off or has a type that is not used. */
export function* pairsOf(bytes: Buffer): Generator<[tag: number, raw: Raw]> {
  const reader = new Varints(bytes);
  while (reader.more) {
    const key = Number(reader.next());
    const wire = key & 7;
    if (wire === 0) yield [key >>> 3, reader.next()];
    else if (wire === 2) {
      const end = Number(reader.next()) + reader.at;
      if (end > bytes.length) throw badRequest('the protobuf body breaks off within a field');
      yield [key >>> 3, bytes.subarray(reader.at, end)];
      reader.at = end;
    } else throw badRequest(`the protobuf body has a field of wire type ${wire}, which Kubernetes does not use`);
  }
}
