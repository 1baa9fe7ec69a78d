import { constants, crc32, deflateRawSync } from 'node:zlib';
import { combine, type Shift, shiftOf } from './crc32.ts';
import type { Outlet } from './session.ts';

/** Ten bytes (RFC 1952, 2.3.1): deflate, no flags, no time, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** The last block of deflate (RFC 1951, 3.2.6), empty. */
const LAST_BLOCK = Buffer.from([3, 0]);

interface Deflated {
  bytes: Buffer;
  crc: number;
  shift: Shift;
}

/** Made once for bytes that go to many, and kept for as long as those are. */
const made = new WeakMap<Buffer, Deflated>();

function deflated(plain: Buffer): Deflated {
  const known = made.get(plain);
  if (known !== undefined) return known;
  const one = {
    // Ends on a byte, with everything out (RFC 1951's empty stored block), and refers to nothing before it: it may
    // follow whatever a viewer got.
    bytes: deflateRawSync(plain, { finishFlush: constants.Z_SYNC_FLUSH }),
    crc: crc32(plain),
    shift: shiftOf(plain.length),
  };
  made.set(plain, one);
  return one;
}

/**
 * An outlet that compresses what it is given, without delay: every write is a whole message to whoever decodes it. The
 * same bytes handed to many such outlets are compressed once. Nothing but a checksum and a length is held a viewer.
 */
export class GzipOutlet implements Outlet {
  #outlet: Outlet;
  #crc = 0;
  #size = 0;
  #begun = false;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  get unsent(): number {
    return this.#outlet.unsent;
  }

  write(plain: Buffer): boolean {
    return this.#outlet.write(this.#take(plain));
  }

  end(plain: Buffer): void {
    const last = this.#take(plain);
    const sums = Buffer.alloc(8);
    sums.writeUInt32LE(this.#crc, 0);
    sums.writeUInt32LE(this.#size, 4);
    this.#outlet.end(Buffer.concat([last, LAST_BLOCK, sums]));
  }

  destroy(): void {
    this.#outlet.destroy();
  }

  #take(plain: Buffer): Buffer {
    const one = deflated(plain);
    this.#crc = combine(this.#crc, one.crc, one.shift);
    this.#size = (this.#size + plain.length) >>> 0;
    if (this.#begun) return one.bytes;
    this.#begun = true;
    return Buffer.concat([HEADER, one.bytes]);
  }
}
