import type { ClusterClient } from './cluster-client.ts';

/** Something to wait for: true of the state of a cluster. `namespace` is the scene's own. */
export interface Condition {
  says: string;
  holds(cluster: ClusterClient, namespace: string): Promise<boolean>;
}

/** What a run of kubectl needs besides its arguments, and how what it prints is compared. */
export interface RunOptions {
  /** Standard input. */
  stdin?: string;
  /** Variables of its environment. */
  env?: Readonly<Record<string, string>>;
  /** The oldest minor version of kubectl that has the command or flag. */
  since?: number;
  /** The newest minor version that has it. */
  upTo?: number;
  /** Its lines come in no promised order: they are compared sorted. */
  unordered?: boolean;
  /** How many lines it prints while it waits depends on timing: only the last is compared. */
  last?: boolean;
  /** Lines repeat as often as timing has it: each distinct one is compared once, sorted. */
  distinct?: boolean;
  /** Of its output, only lines that fit are compared, without their indentation. */
  only?: RegExp;
  /** What is done while it runs; it is stopped when these are through, unless it ends by itself. */
  during?: readonly Step[];
  /** With `during`: what it must have printed, on either stream, before those are taken; anything unless it ends by itself. */
  begun?: RegExp;
  /** With `during`: it ends by itself. */
  ends?: boolean;
  /** With `during`: what it must have printed before it is stopped. */
  shows?: RegExp;
}

/**
 * A run of kubectl with arguments as typed in a shell, or a wait for a state. `$NS` stands for the scene's
 * namespace, `$MINOR` for kubectl's minor version.
 */
export type Step = ({ do: 'run'; command: string } & RunOptions) | { do: 'until'; condition: Condition };

/** A row of steps in a namespace of their own, with the files that stand in the folder they are run in. */
export interface Scene {
  name: string;
  files: Readonly<Record<string, string>>;
  steps: readonly Step[];
  /** It changes what all namespaces share (nodes, for example): it is played when the others are over. */
  alone?: boolean;
  /** Nodes are told by name, because it is they who are looked at; elsewhere the scheduler's choice is not compared. */
  nodes?: boolean;
}

/** A step that runs kubectl: `run('get pods -o wide')`. */
export function run(command: string, options: RunOptions = {}): Step {
  return { do: 'run', command, ...options };
}

/** A step that waits for a state. */
export function until(condition: Condition): Step {
  return { do: 'until', condition };
}

/** The words of a command as a shell splits them: single and double quotes group, nothing is expanded. */
export function words(command: string): string[] {
  return [...command.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''),
  );
}
