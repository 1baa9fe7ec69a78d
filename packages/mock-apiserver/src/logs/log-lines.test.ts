import type { Container, Pod } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { logLines, type Run } from './log-lines.ts';

const START = Date.UTC(2026, 0, 1, 12);

const run = (container: Partial<Container>, more: Partial<Run> = {}): Run => ({
  pod: {
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [] },
    status: { podIP: '10.0.0.7' },
  } as unknown as Pod,
  container: { name: 'c', ...container },
  startedAt: START,
  endedAt: undefined,
  exitCode: 0,
  serial: 0,
  ...more,
});

const texts = (of: Run, seconds: number, speed = 1) =>
  logLines(of, START + seconds * 1000, speed).map(({ text }) => text);

describe('what containers write', () => {
  it('[M149] is the same whoever asks and whenever, and only grows', () => {
    const nginx = run({ image: 'nginx:1' });
    const early = texts(nginx, 60);
    const late = texts(nginx, 600);
    expect(late.slice(0, early.length)).toEqual(early);
    expect(late.length).toBeGreaterThan(early.length + 40);
    expect(early[3]).toBe('2026/01/01 12:00:00 [notice] 1#1: nginx/1.27.3');
    expect(early.at(-1)).toMatch(/^10\.0\.0\.1 - - \[01\/Jan\/2026:12:00:\d\d \+0000\] "GET /);
  });

  it.each([
    ['redis', 'Ready to accept connections tcp'],
    ['kubeguide/guestbook-php-frontend', 'resuming normal operations'],
    ['mysql:8', 'ready for connections'],
    ['example/springcloudtest:1', 'Tomcat started on port 8080'],
    ['example/other', '"msg":"starting"'],
  ])('[M149] of the image %s tells in its own words that it serves', (image, words) => {
    expect(texts(run({ image }), 30).some((text) => text.includes(words))).toBe(true);
  });

  it('[M149] are the lines that its command says, at their times, at any speed', () => {
    const shell = run({ image: 'busybox', command: ['sh', '-c', 'echo one; sleep 10; echo two; sleep 60'] });
    expect(texts(shell, 5)).toEqual(['one']);
    expect(texts(shell, 11)).toEqual(['one', 'two']);
    expect(texts(shell, 1, 50)).toEqual(['one', 'two']);
    const loop = run({ image: 'busybox', command: ['sh', '-c', 'while true; do echo tick; sleep 5; done'] });
    expect(texts(loop, 12)).toEqual(['tick', 'tick', 'tick']);
  });

  it('[M149] ends with the reason of a crash, and keeps what a kubelet keeps of a long life', () => {
    const crashed = run({ image: 'example/other' }, { endedAt: START + 5000, exitCode: 3 });
    expect(texts(crashed, 100).at(-1)).toBe('fatal: exiting with code 3');
    const old = texts(run({ image: 'nginx:1' }), 40 * 24 * 3600);
    expect(old.length).toBeLessThanOrEqual(4000);
    expect(old.length).toBeGreaterThan(3900);
  });
});
