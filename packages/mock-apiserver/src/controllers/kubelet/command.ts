import { type Container, parseQuantity } from '@portolan/shared';
import { type Behaviour, NEVER, type Range } from './behaviour.ts';

/** What a shell line has done so far. */
interface Run {
  ms: number;
  code: number;
  prints: { atMs: number; text: string }[];
  touched: Set<string>;
  unhealthyAt: number | undefined;
  /** It never comes to its end. */
  serves: boolean;
  /** `exit` was met. */
  left: boolean;
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `sleep`'s argument in milliseconds; Infinity for `infinity`, undefined for what is no time. */
function sleepMs(text = ''): number | undefined {
  if (/^inf(inity)?$/.test(text)) return Number.POSITIVE_INFINITY;
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 1) * 1000;
}

type Word = (run: Run, args: readonly string[]) => boolean;

const succeeds: Word = (run) => {
  run.code = 0;
  return true;
};

/** The commands that are understood; each says whether it understood its arguments too. */
const COMMANDS: Record<string, Word> = {
  sleep: (run, [time]) => {
    const ms = sleepMs(time);
    if (ms === undefined) run.code = 1;
    else if (ms === Number.POSITIVE_INFINITY) run.serves = true;
    else {
      run.ms += ms;
      run.code = 0;
    }
    return true;
  },
  exit: (run, [code = String(run.code)]) => {
    run.code = Number(code) & 255;
    run.left = true;
    return true;
  },
  true: succeeds,
  ':': succeeds,
  false: (run) => {
    run.code = 1;
    return true;
  },
  echo: (run, args) => {
    const text = args.filter((arg, index) => index > 0 || !/^-[neE]+$/.test(arg)).join(' ');
    run.prints.push({ atMs: run.ms, text });
    return succeeds(run, args);
  },
  touch: (run, args) => {
    for (const file of args) run.touched.add(file);
    return succeeds(run, args);
  },
  rm: (run, args) => {
    // The documentation's liveness example takes away the file that its probe reads.
    if (args.some((file) => run.touched.has(file))) run.unhealthyAt = run.ms;
    return succeeds(run, args);
  },
  perl: (run) => {
    run.ms += 4000;
    run.code = 0;
    return true;
  },
  tail: (run, args) => {
    if (!args.some((arg) => /^-(f|F|n?f)$/.test(arg))) return false;
    run.serves = true;
    return true;
  },
};
for (const name of ['date', 'ls', 'cat', 'env', 'printenv', 'mkdir', 'hostname', 'pwd', 'set', 'export', 'cd']) {
  COMMANDS[name] = succeeds;
}
for (const name of [
  'id',
  'whoami',
  'uname',
  'cp',
  'mv',
  'chmod',
  'chown',
  'seq',
  'expr',
  'wget',
  'nslookup',
  'printf',
]) {
  COMMANDS[name] = succeeds;
}

/** A line's words, quotes taken off. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** Joints of commands, and what stands between them; what is quoted has none. */
const PARTS = /&&|\|\||[;\n]|(?:"[^"]*"|'[^']*'|&(?!&)|\|(?!\|)|[^;\n&|"'])+/g;
const JOINTS: ReadonlySet<string> = new Set(['&&', '||', ';', '\n']);

/** A script's commands with what joins each to the one before. */
function commands(script: string): { joint: string; line: string }[] {
  const found: { joint: string; line: string }[] = [];
  let joint = ';';
  for (const [part] of script.matchAll(PARTS)) {
    if (JOINTS.has(part)) {
      joint = part;
      continue;
    }
    // Where output goes does not matter.
    const line = part.replace(/\s*\d?>>?\s*\S+/g, '').trim();
    if (line === '') continue;
    found.push({ joint, line });
    joint = ';';
  }
  return found;
}

/** Runs commands one after the other; undefined when one of them is not understood. */
function runCommands(script: string): Run | undefined {
  const run: Run = {
    ms: 0,
    code: 0,
    prints: [],
    touched: new Set(),
    unhealthyAt: undefined,
    serves: false,
    left: false,
  };
  for (const { joint, line } of commands(script)) {
    if (run.left || run.serves) break;
    if ((joint === '&&' && run.code !== 0) || (joint === '||' && run.code === 0)) continue;
    const [name = '', ...args] = words(line);
    if (!(Object.hasOwn(COMMANDS, name) && COMMANDS[name]?.(run, args))) return undefined;
  }
  return run;
}

const exactly = (ms: number): Range => [ms, ms];

/** `while true; do …; done` and its like: it never ends, and says the same again and again. */
function loop(script: string): Behaviour | undefined {
  const [, before = '', , body = ''] =
    /^(.*?)\b(while\s+(?:true|:|sleep\s+\S+|\[ 1 \])|for\s*\(\(;;\)\))\s*;?\s*do\s+(.*?)\bdone\b/s.exec(script) ?? [];
  if (body === '') return undefined;
  const first = runCommands(before);
  const round = runCommands(body);
  if (first?.left || round?.left) {
    const ms = (first?.ms ?? 0) + (first?.left ? 0 : (round?.ms ?? 0));
    return { runsMs: exactly(ms), exitCode: (first?.left ? first : round)?.code ?? 0, stopMs: NEVER };
  }
  const lines = [...(first?.prints ?? []), ...(round?.prints ?? [])];
  return { stopMs: NEVER, ...(round && lines.length > 0 && { prints: { lines, everyMs: Math.max(round.ms, 1000) } }) };
}

function scriptBehaviour(script: string): Behaviour | undefined {
  const service = /^\s*until\s+nslookup\s+([a-z0-9-]+)/.exec(script)?.[1];
  if (service !== undefined) return { awaitsService: service };
  const forever = loop(script);
  if (forever) return forever;
  const run = runCommands(script);
  if (!run) return undefined;
  return {
    stopMs: NEVER,
    ...(!run.serves && { runsMs: exactly(run.ms + 20), exitCode: run.code }),
    ...(run.unhealthyAt !== undefined && { unhealthyMs: exactly(run.unhealthyAt) }),
    ...(run.prints.length > 0 && { prints: { lines: run.prints } }),
  };
}

/** `stress --vm-bytes 250M` beside the container's memory limit, as the documentation's example of an OOM kill has it. */
function stress(args: readonly string[], limit: string | undefined): Behaviour {
  const asked = args[args.indexOf('--vm-bytes') + 1] ?? '0';
  const bytes = parseQuantity(/^\d+[KMGT]?$/.test(asked) ? asked.replace('K', 'k') : '0');
  return limit !== undefined && bytes > parseQuantity(limit) ? { runsMs: [600, 1200], oom: true } : {};
}

/**
 * What a container's command makes it do, where the command is one of those that people try things out with: `sleep 3600`,
 * `sh -c "echo hello; exit 1"`, `while true…`. Undefined for all other commands, and for none. `shell` is true for images
 * whose arguments alone are a command.
 */
export function commandBehaviour(container: Container, shell: boolean): Behaviour | undefined {
  const { command = [], args = [], resources } = container;
  const argv = command.length > 0 || shell ? [...command, ...args] : [];
  const [program = '', ...rest] = argv;
  if (program === '') return undefined;
  const name = program.split('/').at(-1) ?? '';
  if (/^(ba|a|da)?sh$/.test(name)) {
    const script = rest[rest.findIndex((arg) => /^-[a-z]*c$/.test(arg)) + 1];
    return script !== undefined && rest.some((arg) => /^-[a-z]*c$/.test(arg)) ? scriptBehaviour(script) : undefined;
  }
  if (name === 'stress') return stress(rest, resources?.limits?.memory);
  return scriptBehaviour([name, ...rest.map((arg) => JSON.stringify(arg))].join(' '));
}
