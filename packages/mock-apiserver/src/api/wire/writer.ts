/** A number of variable length, below 2^53. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left > 0x7f) {
    bytes.push((left % 0x80) | 0x80);
    left = Math.floor(left / 0x80);
  }
  bytes.push(left);
  return Buffer.from(bytes);
}

/** A field of any length. */
export function bytesField(tag: number, value: Buffer): Buffer {
  return Buffer.concat([varint(tag * 8 + 2), varint(value.length), value]);
}

/** A field of text. */
export function textField(tag: number, value: string): Buffer {
  return bytesField(tag, Buffer.from(value));
}

/** A field that is true, or nothing. */
export function flagField(tag: number, value: boolean): Buffer {
  return value ? Buffer.concat([varint(tag * 8), varint(1)]) : Buffer.alloc(0);
}
