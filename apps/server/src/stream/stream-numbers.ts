import type { Session, Standing } from './session.ts';

/** What was counted of one cluster's streams since the process began. */
export interface StreamCounters {
  opened: number;
  refused: number;
  snapshots: number;
  resumed: number;
  resets: number;
  closedByServer: number;
  closedBlocked: number;
  closedTooFarBehind: number;
  messages: number;
  /** Before compression. */
  bytes: number;
}

/** What one cluster's streams hold at this moment. */
export interface StreamGauges {
  clients: number;
  scopes: number;
  /** Handed to sockets, and not taken yet. */
  unsentBytes: number;
  /** Changes that the slowest of the viewers who had their snapshot has not been sent. */
  behind: number;
  /** Held encoded, for whoever comes next. */
  snapshotBytes: number;
}

/** The numbers of one cluster's streams, for `/metrics`; `viewers` are counted by what they are at. */
export interface StreamNumbers {
  counters: StreamCounters;
  gauges: StreamGauges;
  viewers: Record<Standing, number>;
}

/** All at nought. */
export function noCounters(): StreamCounters {
  return {
    opened: 0,
    refused: 0,
    snapshots: 0,
    resumed: 0,
    resets: 0,
    closedByServer: 0,
    closedBlocked: 0,
    closedTooFarBehind: 0,
    messages: 0,
    bytes: 0,
  };
}

/** Looks at every viewer; `seq` is the log's last number. */
export function gaugesOf(
  sessions: Iterable<Session>,
  seq: number,
): Pick<StreamGauges, 'clients' | 'unsentBytes' | 'behind'> & { viewers: StreamNumbers['viewers'] } {
  const viewers: StreamNumbers['viewers'] = { waiting: 0, snapshot: 0, catchingUp: 0, live: 0, blocked: 0 };
  let [clients, unsentBytes, behind] = [0, 0, 0];
  for (const session of sessions) {
    clients++;
    viewers[session.standing]++;
    unsentBytes += session.unsent;
    behind = Math.max(behind, seq - (session.cursor ?? seq));
  }
  return { clients, unsentBytes, behind, viewers };
}
