/** Steady requests to ask for: to which service, how many a real second (1 to 200). */
export interface TrafficRequest {
  namespace: string;
  service: string;
  perSecond: number;
}

/** How many requests came back with an answer below 500, and how many did not. */
export interface TrafficCount {
  answered: number;
  failed: number;
}

/**
 * The requests that one revision of a workload was sent. `revision` is the Deployment's revision, or the hash of the pod's
 * template where no Deployment counts them; both are empty for requests that no pod was picked for.
 */
export interface RevisionTraffic extends TrafficCount {
  revision: string;
  image: string;
}

/** The requests that one pod was sent; `pod` is empty for those that no pod was picked for. */
export interface PodTraffic extends RevisionTraffic {
  pod: string;
  node: string;
}

/**
 * What the built-in client has seen since it was last reset. `lastSeconds` are the last sixty real seconds, oldest first,
 * the one under way last; a request counts in the second it ended. `byPod` holds the pods sent to last, 200 at most.
 */
export interface TrafficReport extends TrafficCount {
  running: boolean;
  namespace: string | null;
  service: string | null;
  perSecond: number | null;
  byRevision: RevisionTraffic[];
  byPod: PodTraffic[];
  lastSeconds: TrafficCount[];
  /** Why the last request that failed did, in words; null when none has. */
  lastFailure: string | null;
}

/** Steady requests that cannot be sent. */
export class TrafficError extends Error {
  readonly reason: 'unknownService' | 'noPort' | 'badRate';

  constructor(reason: TrafficError['reason'], message: string) {
    super(message);
    this.name = 'TrafficError';
    this.reason = reason;
  }
}

/** The built-in client: one stream of requests at a time, through the service proxy, over HTTP on loopback. */
export interface Traffic {
  /** Sends from now on, instead of what was sent before; the counts stay when the service does. Rejects with a TrafficError. */
  start(request: TrafficRequest): Promise<TrafficReport>;
  /** Sends no more; what is under way still counts. */
  stop(): TrafficReport;
  describe(): TrafficReport;
  /** Counts from zero. */
  reset(): TrafficReport;
  /** Calls `listener` at most each half second while something changes, and when it starts or stops; answers its own end. */
  subscribe(listener: (report: TrafficReport) => void): () => void;
}
