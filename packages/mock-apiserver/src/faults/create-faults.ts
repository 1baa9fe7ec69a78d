import type { ActiveFault, FaultKind, FaultParams } from '@portolan/shared';
import { ApiError } from '../api-error.ts';
import type { Cancel } from '../clock.ts';
import { API_FAULTS, SERVER_FAULTS } from './api-fault-rows.ts';
import type { FaultRow, FaultWorld } from './fault-row.ts';
import { resolveParams, valuesOf } from './fault-values.ts';
import { FaultError, type Faults } from './faults.ts';
import { MACHINE_FAULTS } from './machine-fault-rows.ts';
import { WORKLOAD_FAULTS } from './workload-fault-rows.ts';

/** The table of faults, in the order in which it is shown. */
export const FAULT_ROWS: readonly FaultRow[] = [...API_FAULTS, ...SERVER_FAULTS, ...MACHINE_FAULTS, ...WORKLOAD_FAULTS];

/** How many nodes or pods are offered; those beyond can be asked for all the same. */
const MOST_CHOICES = 500;
/** How often, at most, subscribers are told of what a fault has met. */
const TELL_EVERY_MS = 500;

/** Faults that can be ended for good. */
export interface FaultControl extends Faults {
  /** Ends every timer; what the faults broke is left as it is. */
  close(): void;
}

interface InForce {
  fault: ActiveFault;
  end: () => void;
  timer: Cancel | undefined;
}

const copy = (fault: ActiveFault): ActiveFault => ({ ...fault });

/** Faults over one cluster and the requests to its API. */
export function createFaults(world: FaultWorld): FaultControl {
  const inForce = new Map<string, InForce>();
  const listeners = new Set<(active: ActiveFault[]) => void>();
  let handles = 0;
  let telling: Cancel | undefined;

  const active = () => [...inForce.values()].map(({ fault }) => copy(fault));

  const tell = () => {
    telling?.();
    telling = undefined;
    const now = active();
    for (const listener of [...listeners]) listener(now);
  };

  const rowOf = (kind: string): FaultRow => {
    const row = FAULT_ROWS.find(({ id }) => id === kind);
    if (row) return row;
    const known = FAULT_ROWS.map(({ id }) => id).join(', ');
    throw new FaultError('unknownFault', `there is no fault "${kind}": choose one of ${known}`);
  };

  const begin = (row: FaultRow, params: FaultParams, fault: ActiveFault) => {
    const met = () => {
      fault.met += 1;
      telling ??= world.wall.after(TELL_EVERY_MS, tell);
    };
    try {
      return row.begin(world, valuesOf(params), met);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new FaultError('refused', `fault "${row.id}" cannot begin: ${error.message}`);
    }
  };

  const endOne = ({ fault, end, timer }: InForce) => {
    inForce.delete(fault.handle);
    timer?.();
    end();
  };

  return {
    catalogue: () =>
      FAULT_ROWS.map(
        ({ begin: _begin, params, ...kind }): FaultKind => ({ ...kind, params: params(world, MOST_CHOICES) }),
      ),
    active,
    inject(kind, given = {}) {
      const row = rowOf(kind);
      const params = resolveParams(kind, row.params(world, Number.POSITIVE_INFINITY), given);
      handles += 1;
      const since = world.wall.now();
      const seconds = row.lasts && typeof params.seconds === 'number' ? params.seconds : 0;
      const until = seconds > 0 ? since + seconds * 1000 : null;
      const fault: ActiveFault = { handle: `${kind}-${handles}`, kind, params, since, until, met: 0 };
      const end = begin(row, params, fault);
      if (end) {
        const entry: InForce = { fault, end, timer: undefined };
        inForce.set(fault.handle, entry);
        if (seconds > 0) {
          entry.timer = world.wall.after(seconds * 1000, () => {
            endOne(entry);
            tell();
          });
        }
      }
      tell();
      return copy(fault);
    },
    clear(handle) {
      const entries = handle === 'all' ? [...inForce.values()].toReversed() : [inForce.get(handle)];
      for (const entry of entries) {
        if (entry) {
          endOne(entry);
          continue;
        }
        const known = [...inForce.keys()].join(', ') || 'none';
        throw new FaultError('unknownHandle', `no fault "${handle}" is in force: there is ${known}`);
      }
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const { timer } of inForce.values()) timer?.();
      inForce.clear();
      listeners.clear();
      telling?.();
    },
  };
}
