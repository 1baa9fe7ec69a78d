import { describe, expect, it } from 'vitest';
import { EventParser } from './event-parser.ts';

const TEXT =
  'retry: 3000\n\n: pulse\n\nevent: change\nid: e-1\ndata: {"a":"Größe"}\n\nevent:x\r\ndata:1\r\ndata: 2\r\n\r\n';
const EVENTS = [
  { event: ':', data: '', id: '' },
  { event: 'change', data: '{"a":"Größe"}', id: 'e-1' },
  { event: 'x', data: '1\n2', id: 'e-1' },
];

describe('a text/event-stream', () => {
  it('[V68] is read alike wherever it is cut', () => {
    for (let size = 1; size <= TEXT.length; size++) {
      const parser = new EventParser();
      const events = [];
      for (let at = 0; at < TEXT.length; at += size) events.push(...parser.push(TEXT.slice(at, at + size)));
      expect(events, `pieces of ${size}`).toEqual(EVENTS);
    }
  });

  it('[V68] gives no event whose end has not come', () => {
    expect(new EventParser().push('event: change\ndata: {}\n')).toEqual([]);
  });
});
