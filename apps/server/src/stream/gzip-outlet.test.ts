import { constants, crc32, createGunzip, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { combine, shiftOf } from './crc32.ts';
import { GzipOutlet } from './gzip-outlet.ts';
import type { Outlet } from './session.ts';

class Wire implements Outlet {
  readonly chunks: Buffer[] = [];
  readonly unsent = 0;
  write(bytes: Buffer): boolean {
    this.chunks.push(bytes);
    return true;
  }
  end(bytes: Buffer): void {
    this.chunks.push(bytes);
  }
  destroy(): void {
    this.chunks.length = 0;
  }
}

const messages = ['a', '', 'event: change\ndata: {}\n\n', 'x'.repeat(100_000), ':\n\n', 'Lotsenbuch, 航海图'].map(
  (text) => Buffer.from(text),
);

it('[T17] checksums of parts give the checksum of the whole', () => {
  for (const first of messages) {
    for (const second of messages) {
      const whole = crc32(Buffer.concat([first, second]));
      expect(combine(crc32(first), crc32(second), shiftOf(second.length))).toBe(whole);
    }
  }
});

it('[T17] whatever a viewer was sent before, it decodes what comes, and its stream ends whole', () => {
  for (let from = 0; from < messages.length; from++) {
    const wire = new Wire();
    const outlet = new GzipOutlet(wire);
    const sent = messages.slice(from);
    for (const bytes of sent) outlet.write(bytes);
    outlet.end(Buffer.from('goodbye'));
    expect(gunzipSync(Buffer.concat(wire.chunks)).toString()).toBe(`${Buffer.concat(sent)}goodbye`);
  }
});

it('[T17] each message comes out of the decoder with the bytes that carry it', async () => {
  const wire = new Wire();
  const outlet = new GzipOutlet(wire);
  const decoder = createGunzip({ flush: constants.Z_SYNC_FLUSH });
  let text = '';
  decoder.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  let expected = '';
  for (const bytes of messages) {
    outlet.write(bytes);
    const chunk = wire.chunks.at(-1);
    await new Promise<void>((resolve, reject) => decoder.write(chunk, (error) => (error ? reject(error) : resolve())));
    expected += bytes.toString();
    expect(text).toBe(expected);
  }
  decoder.destroy();
});

it('[T17] bytes for many viewers are compressed once', () => {
  const wires = [new Wire(), new Wire()];
  for (const wire of wires) {
    const outlet = new GzipOutlet(wire);
    outlet.write(Buffer.from('hello'));
    for (const bytes of messages) outlet.write(bytes);
  }
  expect(wires[0]?.chunks.at(-1)).toBe(wires[1]?.chunks.at(-1));
});
