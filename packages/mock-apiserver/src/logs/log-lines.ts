import { createHash } from 'node:crypto';
import type { Container, Pod } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { commandBehaviour } from '../controllers/kubelet/command.ts';
import { familyOf } from '../controllers/kubelet/image-families.ts';
import { type LogWorld, logFamilyOf } from './families.ts';

/** One run of a container: when it began and, if it has, ended, in epoch ms, and with what. */
export interface Run {
  pod: Pod;
  container: Container;
  startedAt: number;
  endedAt: number | undefined;
  exitCode: number;
  /** How many runs were before it. */
  serial: number;
}

/** A line and when it was written, in epoch ms. */
export interface LogLine {
  at: number;
  text: string;
}

/** A kubelet rotates what containers write: no more lines of daily work than these are kept. */
const MOST_LINES = 4000;

function seedOf({ pod: { metadata }, container, serial }: Run, slot: number): number {
  const text = `${metadata.namespace}/${metadata.name}/${container.name}/${serial}/${slot}`;
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function worldOf({ pod, container }: Run): LogWorld {
  const podIP = pod.status?.podIP ?? '127.0.0.1';
  return {
    container: container.name,
    image: container.image ?? '',
    podIP,
    gateway: podIP.replace(/\d+$/, '1'),
    probed: container.readinessProbe?.httpGet !== undefined || container.livenessProbe?.httpGet !== undefined,
  };
}

/** What comes at times of its own and again and again, as far as it lies between `from` and `to` ms after the start. */
interface Source {
  once: readonly { atMs: number; text(at: Date): string }[];
  everyMs: number;
  again(slot: number): readonly { atMs: number; text(at: Date): string }[];
}

function sourceOf(run: Run): Source {
  const { container } = run;
  const said = commandBehaviour(container, familyOf(container.image ?? '')?.shell === true);
  if (said) {
    const lines = (said.prints?.lines ?? []).map(({ atMs, text }) => ({ atMs, text: () => text }));
    const everyMs = said.prints?.everyMs;
    return everyMs === undefined
      ? { once: lines, everyMs: Number.POSITIVE_INFINITY, again: () => [] }
      : { once: [], everyMs, again: () => lines };
  }
  const family = logFamilyOf(container.image ?? '');
  const world = worldOf(run);
  const begun = family.begins.at(-1)?.atMs ?? 0;
  return {
    once: family.begins.map(({ atMs, text }) => ({ atMs, text: (at) => text(at, world) })),
    everyMs: family.everyMs,
    again(slot) {
      const random = seededRandom(seedOf(run, slot));
      const atMs = random() * family.everyMs;
      if (slot * family.everyMs + atMs < begun) return [];
      return [{ atMs, text: (at) => family.works(at, world, random) }];
    },
  };
}

/** A crash says so in its last line; the container's own output otherwise has no end. */
function lastWords({ exitCode, container }: Run): string[] {
  const isShell = commandBehaviour(container, familyOf(container.image ?? '')?.shell === true) !== undefined;
  return exitCode === 0 || exitCode === 137 || exitCode === 143 || isShell
    ? []
    : [`fatal: exiting with code ${exitCode}`];
}

/**
 * The lines that a run has written by `now` (epoch ms), in order: the same for the same pod, container and run, whoever asks and
 * how often. `speed` is how much faster the simulated time passes than the wall's.
 */
export function logLines(run: Run, now: number, speed: number): LogLine[] {
  const end = run.endedAt ?? now;
  const ranMs = Math.max(0, end - run.startedAt) * speed;
  const source = sourceOf(run);
  const line = (atMs: number, text: (at: Date) => string): LogLine => {
    const at = run.startedAt + atMs / speed;
    return { at, text: text(new Date(at)) };
  };
  // Times are whole seconds: an ended run may have run for up to one more than its times say.
  const isSaid = (atMs: number) => atMs <= ranMs + (run.endedAt === undefined ? 0 : 1000 * speed);
  const lines = source.once.filter(({ atMs }) => isSaid(atMs)).map(({ atMs, text }) => line(atMs, text));
  const slots = source.everyMs === Number.POSITIVE_INFINITY ? 0 : Math.floor(ranMs / source.everyMs) + 1;
  for (let slot = Math.max(0, slots - MOST_LINES); slot < slots; slot++) {
    for (const { atMs, text } of source.again(slot)) {
      const since = slot * source.everyMs + atMs;
      if (since <= ranMs) lines.push(line(since, text));
    }
  }
  const kept = slots > MOST_LINES ? lines.slice(source.once.length) : lines;
  const closing = run.endedAt === undefined ? [] : lastWords(run).map((text) => ({ at: end, text }));
  return [...kept.sort((a, b) => a.at - b.at), ...closing];
}
