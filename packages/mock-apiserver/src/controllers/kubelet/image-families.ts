import type { Behaviour } from './behaviour.ts';

/** How a well-known family of images behaves where a scenario's own rules say nothing of it. */
export interface ImageFamily {
  pattern: RegExp;
  behaviour: Behaviour;
  /** Its arguments alone are a command: it has no program of its own to run. */
  shell?: boolean;
}

const named = (names: string) => new RegExp(`(^|/)(${names})(:|@|$)`);

/** The first row that matches counts; an image of no family serves. */
export const IMAGE_FAMILIES: readonly ImageFamily[] = [
  // A shell without a terminal reads the end of its input and ends.
  {
    pattern: named('busybox|alpine|ubuntu|debian|centos|fedora|bash|toybox'),
    behaviour: { runsMs: [20, 60], exitCode: 0 },
    shell: true,
  },
  { pattern: named('hello-world'), behaviour: { runsMs: [20, 60], exitCode: 0 } },
  { pattern: named('liveness'), behaviour: { readyMs: [0, 0], unhealthyMs: [10_000, 10_000] } },
];

/** The family of an image; undefined for one of none. */
export function familyOf(image: string): ImageFamily | undefined {
  return IMAGE_FAMILIES.find(({ pattern }) => pattern.test(image));
}
