import { compare } from './compare.ts';
import { normalise } from './normalise.ts';
import type { Scene, Step } from './scene.ts';
import type { Said } from './transcript.ts';

type Run = Extract<Step, { do: 'run' }>;

/**
 * A difference that is right. A line (after its stream's sign) that the real control plane alone prints must fit one of
 * `real`, one that the embedded cluster alone prints one of `mock`; where both are given, both must occur in the same command.
 */
export interface Difference {
  scene?: string;
  /** Where: what the command contains or fits. */
  command?: string | RegExp;
  /** The minor versions of kubectl that show it, from and to. */
  kubectl?: readonly [from: number, to: number];
  real?: RegExp | readonly RegExp[];
  mock?: RegExp | readonly RegExp[];
  why: string;
  /** It hangs on the moment at which something is seen, and need not occur each time. */
  sometimes?: true;
}

/** What is known of what the real control plane said: all, or only the exit code. */
export interface Heard extends Said {
  onlyCode?: boolean;
}

/** What a comparison came to. */
export interface Verdict {
  /** Commands compared. */
  compared: number;
  /** Commands of which only the exit code was compared. */
  codes: number;
  /** Commands of which it is not known what this kubectl prints beside the real one. */
  unknown: number;
  /** What differs and is not listed, a text a command: the command, then the lines with `-` real and `+` embedded. */
  unlisted: string[];
  /** The listed differences that occurred. */
  occurred: Set<Difference>;
}

const list = (patterns: RegExp | readonly RegExp[] | undefined) => [patterns ?? []].flat() as readonly RegExp[];
const fits = (patterns: RegExp | readonly RegExp[] | undefined, text: string) =>
  list(patterns).some((pattern) => pattern.test(text));

/** The steps that a kubectl of this minor version is run with, those during others after them, as they are written down. */
export function commands(steps: readonly Step[], minor: number): Run[] {
  return steps.flatMap((step) => {
    if (step.do !== 'run') return [];
    if (minor < (step.since ?? 0) || minor > (step.upTo ?? Number.POSITIVE_INFINITY)) return [];
    return [step, ...commands(step.during ?? [], minor)];
  });
}

/**
 * Compares what a scene printed on the embedded cluster with what it printed on the real one, under the listed differences.
 * Where it is not known what the real one prints, nothing is compared; that is counted.
 */
export function judge(
  scene: Scene,
  minor: number,
  { real, mock }: { real: readonly (Heard | undefined)[]; mock: readonly Said[] },
  differences: readonly Difference[],
): Verdict {
  const verdict: Verdict = { compared: 0, codes: 0, unknown: 0, unlisted: [], occurred: new Set() };
  const steps = commands(scene.steps, minor);
  const setting = { namespace: `${scene.name}-${minor}`, nodes: scene.nodes ?? false };
  const lines = (said: Said, step: Run) => arrange(normalise(said, setting), step);
  for (const [index, step] of steps.entries()) {
    const [ours, theirs] = [real[index], mock[index]];
    if (theirs?.command !== step.command) {
      verdict.unlisted.push(`$ ${step.command}\n${theirs?.command ?? 'not run'}: ${theirs?.stderr ?? ''}`);
      return verdict;
    }
    if (ours === undefined) {
      verdict.unknown++;
      continue;
    }
    if (ours.command !== step.command) {
      verdict.unlisted.push(
        `$ ${step.command}\nrecorded is "${ours.command}" ${ours.stderr}: the scene must be recorded again`,
      );
      return verdict;
    }
    const listed = differences.filter((difference) => applies(difference, scene, step.command, minor));
    if (ours.onlyCode) {
      verdict.codes++;
      const isListed = listed.some(({ real, mock }) => fits(real, `=${ours.code}`) || fits(mock, `=${theirs.code}`));
      if (ours.code !== theirs.code && !isListed) {
        verdict.unlisted.push(`$ ${step.command}\n- =${ours.code}\n+ =${theirs.code}`);
      }
      continue;
    }
    verdict.compared++;
    const hunks = compare(lines(ours, step), lines(theirs, step));
    if (hunks.length === 0) continue;
    const rest = settle(hunks, listed, verdict.occurred);
    if (rest.length > 0) verdict.unlisted.push([`$ ${step.command}`, ...rest].join('\n'));
  }
  const over = mock[steps.length];
  if (over) verdict.unlisted.push(`$ ${over.command}\n${over.stderr}`);
  return verdict;
}

function applies({ scene, command, kubectl }: Difference, where: Scene, typed: string, minor: number): boolean {
  if (scene !== undefined && scene !== where.name) return false;
  if (kubectl && (minor < kubectl[0] || minor > kubectl[1])) return false;
  if (command === undefined) return true;
  return typeof command === 'string' ? typed.includes(command) : command.test(typed);
}

/** The lines as the step says that they compare. */
function arrange(lines: string[], { unordered, last, distinct, only }: Run): string[] {
  if (last) return lines.slice(-1);
  if (distinct) return [...new Set(lines)].toSorted();
  if (only) return lines.filter((text) => only.test(text)).map((text) => text.replace(/^\| +/, '|'));
  return unordered ? lines.toSorted() : lines;
}

/** What the listed differences leave of the hunks, as lines to print; those that account for something are put down as occurred. */
function settle(
  hunks: readonly { real: readonly string[]; mock: readonly string[] }[],
  listed: readonly Difference[],
  occurred: Set<Difference>,
): string[] {
  const reals = hunks.flatMap(({ real }) => real);
  const mocks = hunks.flatMap(({ mock }) => mock);
  const whole = listed.filter(
    ({ real, mock }) =>
      (list(real).length === 0 || reals.some((text) => fits(real, text))) &&
      (list(mock).length === 0 || mocks.some((text) => fits(mock, text))),
  );
  for (const difference of whole) occurred.add(difference);
  return hunks.flatMap(({ real, mock }) => [
    ...real.filter((text) => !whole.some((difference) => fits(difference.real, text))).map((text) => `- ${text}`),
    ...mock.filter((text) => !whole.some((difference) => fits(difference.mock, text))).map((text) => `+ ${text}`),
  ]);
}
