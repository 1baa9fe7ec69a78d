/** A range of simulated milliseconds that a time is drawn from. */
export type Range = readonly [low: number, high: number];

/** What a container does once it runs; times count from its start. What is absent is as in {@link SERVES}. */
export interface Behaviour {
  /** It ends by itself after this time. */
  runsMs?: Range;
  /** With what it then ends. */
  exitCode?: number;
  /** It then ends because it took more memory than its limit: 137, OOMKilled. */
  oom?: boolean;
  /** Only its first so many runs end like that; later ones go on. */
  fails?: number;
  /** It goes on instead where this Service of its namespace leads to a ready pod by then. */
  needs?: string;
  /** How often it had been started again before its pod was looked at. */
  restarts?: number;
  /** Until then its readiness and startup probes fail; `Infinity` for ever. */
  readyMs?: Range;
  /** From then on its liveness probe fails. */
  unhealthyMs?: Range;
  /** How long it takes to end once it is told to; `Infinity` for one that does not listen and is killed at the end of the grace. */
  stopMs?: Range;
  /** It ends once this Service exists in its namespace, as the init containers of the documentation do. */
  awaitsService?: string;
  /** Lines it writes, each at its time; all again every `everyMs` where that is given. */
  prints?: { lines: readonly { atMs: number; text: string }[]; everyMs?: number };
}

/** It serves until it is told to end, warm after five seconds. */
export const SERVES: Behaviour = { readyMs: [5000, 5500], stopMs: [1000, 3000] };

/** It finishes its work and ends well, as the containers of Jobs do. */
export const WORKS: Behaviour = { runsMs: [8000, 11_500] };

/** It prepares something and ends well, as init containers do. */
export const PREPARES: Behaviour = { runsMs: [1000, 2500] };

export const NEVER: Range = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];

/** A text that says no behaviour. */
export class BehaviourError extends Error {
  readonly reason = 'invalidBehaviour';

  constructor(word: string) {
    super(
      `"${word}" says no behaviour: write words such as serves, runs=5s, exits=1, oom=20s, fails=2, needs=SERVICE, restarts=80, ready-after=30s, never-ready, unhealthy-after=1m, stops-after=2s or ignores-term, with times like 500ms, 5s, 2m or 5s-10s`,
    );
    this.name = 'BehaviourError';
  }
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function milliseconds(text: string): number | undefined {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 1000);
}

function range(text: string): Range | undefined {
  const [low = '', high = low] = text.split('-', 2);
  const [from, to] = [milliseconds(low), milliseconds(high)];
  return from === undefined || to === undefined || to < from ? undefined : [from, to];
}

const timed =
  (make: (time: Range) => Behaviour) =>
  (value: string | undefined): Behaviour | undefined => {
    const time = value === undefined ? undefined : range(value);
    return time && make(time);
  };

const counted =
  (make: (count: number) => Behaviour) =>
  (value: string | undefined): Behaviour | undefined =>
    value !== undefined && /^\d{1,6}$/.test(value) ? make(Number(value)) : undefined;

const plain = (behaviour: Behaviour) => (value: string | undefined) => (value === undefined ? behaviour : undefined);

/** The words of the annotation `portolan.dev/behaviour`: each gives a part of a behaviour, or nothing where its value is wrong. */
const WORDS: Record<string, (value: string | undefined) => Behaviour | undefined> = {
  serves: plain({}),
  runs: timed((runsMs) => ({ runsMs })),
  exits: (value) =>
    value !== undefined && /^\d{1,3}$/.test(value) && Number(value) < 256 ? { exitCode: Number(value) } : undefined,
  oom: (value = '0s') => timed((runsMs) => ({ runsMs, oom: true }))(value),
  fails: counted((fails) => ({ fails })),
  needs: (value) => (value ? { needs: value } : undefined),
  restarts: counted((restarts) => ({ restarts })),
  'ready-after': timed((readyMs) => ({ readyMs })),
  'never-ready': plain({ readyMs: NEVER }),
  'unhealthy-after': timed((unhealthyMs) => ({ unhealthyMs })),
  'stops-after': timed((stopMs) => ({ stopMs })),
  'ignores-term': plain({ stopMs: NEVER }),
};

/**
 * Reads the words of an annotation, such as `runs=5s exits=1`; throws BehaviourError at the first that says nothing.
 * `exits` alone means at once.
 */
export function parseBehaviour(text: string): Behaviour {
  const behaviour: Behaviour = {};
  for (const word of text.split(/[\s,;]+/).filter((part) => part !== '')) {
    const [name = '', value] = word.split('=', 2);
    const part = WORDS[name]?.(value);
    if (!part) throw new BehaviourError(word);
    Object.assign(behaviour, part);
  }
  if (behaviour.exitCode !== undefined) behaviour.runsMs ??= [0, 0];
  return behaviour;
}
