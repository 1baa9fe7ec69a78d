import type { ActiveFault, FaultKind, FaultParams } from '@portolan/shared';

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
