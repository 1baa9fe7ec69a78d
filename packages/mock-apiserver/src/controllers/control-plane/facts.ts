/** How a control plane elects its leaders (client-go `tools/leaderelection`); seconds are simulated ones. */
export interface ElectionFacts {
  /** How long a lease holds that is not renewed. */
  leaseSeconds: number;
  /** How often the leader renews it, and others look whether it has run out. */
  retrySeconds: number;
  /** Where it is written: in a Lease, in an annotation of an Endpoints object as before 1.17, or in both. */
  lock: 'leases' | 'endpoints' | 'endpointsleases';
  /** Who holds it: `HOST_UUID`, or the bare `HOST` of versions before 1.8. */
  identity: 'host' | 'host_uuid';
}

/** The machines that run the control plane, each a kube-scheduler and a kube-controller-manager; the first leads at the start. */
export interface ControlPlaneFacts {
  hosts: readonly string[];
  election: ElectionFacts;
}

/** One machine called `control-plane`, with the defaults of kube-controller-manager and kube-scheduler. */
export const DEFAULT_CONTROL_PLANE: ControlPlaneFacts = {
  hosts: ['control-plane'],
  election: { leaseSeconds: 15, retrySeconds: 2, lock: 'leases', identity: 'host_uuid' },
};

/** What `kubectl get componentstatuses` says of one component that is not simulated, such as etcd. */
export interface ComponentStatusFacts {
  name: string;
  healthy: boolean;
  /** What it answered: `ok` or etcd's `{"health":"true"}`; where it is not healthy, the error. */
  message: string;
}

/** The addresses that a cloud gives to services of type LoadBalancer; without them such services stay pending. */
export interface LoadBalancerFacts {
  /** The pool that others are drawn from, in CIDR notation. */
  cidr: string;
  /** Addresses kept for services by `namespace/name`. */
  reserved?: Readonly<Record<string, string>>;
  /** How long the cloud takes, in simulated milliseconds. */
  afterMs: readonly [low: number, high: number];
}
