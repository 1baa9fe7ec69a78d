import { expect, it } from 'vitest';
import { LineSplitter, LONGEST_LINE } from './split-lines.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('[W7] lines come out whole, however they were cut', () => {
  const text = '{"a":"naïve"}\n\n{"b":"→"}\r\nrest';
  for (let size = 1; size <= text.length; size++) {
    const splitter = new LineSplitter();
    const whole = bytes(text);
    const lines: string[] = [];
    for (let at = 0; at < whole.length; at += size) lines.push(...splitter.push(whole.subarray(at, at + size)));
    expect(lines.map((line) => line.trim())).toEqual(['{"a":"naïve"}', '{"b":"→"}']);
    expect(splitter.truncated).toBe(true);
  }
});

it('[W15] a line beyond all reason is refused, not held', () => {
  const splitter = new LineSplitter();
  expect(() => splitter.push(new Uint8Array(LONGEST_LINE + 1))).toThrow(/longer than/);
});
