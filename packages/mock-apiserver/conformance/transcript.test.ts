import { describe, expect, it } from 'vitest';
import { words } from './scene.ts';
import { format, parse, type Transcript } from './transcript.ts';

describe('a transcript', () => {
  it('[M230] is read as it was written', () => {
    const transcript: Transcript = {
      scene: 'shop',
      kubectl: 'v1.32.5',
      server: 'v1.20.2',
      said: [
        { command: 'get pods', code: 0, stdout: 'a\n\n| b\n', stderr: '' },
        { command: "patch x -p '{}'", code: 1, stdout: '', stderr: 'error: no\n= 1\n' },
      ],
    };
    expect(parse(format(transcript))).toEqual(transcript);
  });

  it('[M230] has commands as a shell splits them', () => {
    expect(words(`get pods -l 'a in (b)' -o "jsonpath={.x}" x='y z'`)).toEqual([
      'get',
      'pods',
      '-l',
      'a in (b)',
      '-o',
      'jsonpath={.x}',
      'x=y z',
    ]);
  });
});
