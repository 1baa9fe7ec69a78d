/** A text in both languages. */
export interface FaultText {
  en: string;
  'zh-CN': string;
}

/** What a fault may be told: a number within bounds, one or several of some choices, or a text; each has a default. */
export type FaultParam = { id: string; title: FaultText } & (
  | { type: 'number'; default: number; min: number; max: number; unit: 'ms' | 's' | 'B/s' | 'ratio' | 'count' }
  | { type: 'choice'; default: string; choices: readonly string[] }
  | { type: 'choices'; default: readonly string[]; choices: readonly string[] }
  | { type: 'text'; default: string; maxLength: number }
);

/** The values of a fault's parameters by id. */
export type FaultParams = Readonly<Record<string, number | string | readonly string[]>>;

/** One row of the table of faults. */
export interface FaultKind {
  id: string;
  title: FaultText;
  description: FaultText;
  /** Whether it befalls what clients ask of the API, or what lives in the cluster. */
  affects: 'api' | 'cluster';
  /** False for what happens once and has nothing to clear, such as a container that ends. */
  lasts: boolean;
  params: readonly FaultParam[];
}

/** A fault in force. Times are epoch ms; `until` is null until it is cleared. `met` counts what it has befallen. */
export interface ActiveFault {
  handle: string;
  kind: string;
  params: FaultParams;
  since: number;
  until: number | null;
  met: number;
}

/** A fault that does not exist, a parameter it does not take, or one that the cluster as it stands refuses. */
export class FaultError extends Error {
  readonly reason: 'unknownFault' | 'badParam' | 'unknownHandle' | 'refused';

  constructor(reason: FaultError['reason'], message: string) {
    super(message);
    this.name = 'FaultError';
    this.reason = reason;
  }
}

/** Faults on request. They never touch the presenter's own channel, and they end with the cluster. */
export interface Faults {
  /** The table, with the choices that the cluster offers as it stands (its nodes, its zones…). */
  catalogue(): FaultKind[];
  /** In the order in which they began. */
  active(): ActiveFault[];
  /** Begins a fault; what is not given has its default. Throws a FaultError. */
  inject(kind: string, params?: FaultParams): ActiveFault;
  /** Ends one fault, or `all`: what it held back goes on, what it broke is mended. Throws a FaultError. */
  clear(handle: string): void;
  /** Calls `listener` whenever what is in force changes; answers its own end. */
  subscribe(listener: (active: ActiveFault[]) => void): () => void;
}
