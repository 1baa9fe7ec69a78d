import type { KubeObject } from '@portolan/shared';
import { toMicroTime, toTime } from '../time.ts';
import { between, type ControllerContext } from './context.ts';

const LEASE_MS = 10_000;
const STATUS_MS = 300_000;
const LEASES = 'leases.coordination.k8s.io';
const NODE_LEASES = 'kube-node-lease';

type Lease = KubeObject & { spec?: { renewTime?: string } };

/** Keeps nodes alive as kubelets do: a lease every ten seconds, the conditions' heartbeat every five minutes. */
export function startNodeHeartbeats(context: ControllerContext): void {
  const { store, clock, random } = context;

  const renew = (name: string) => {
    const ref = { namespace: NODE_LEASES, name };
    const node = store.get('nodes', { name });
    if (!node) return;
    const renewTime = toMicroTime(clock.now());
    if (store.get(LEASES, ref)) {
      store.update(LEASES, ref, (draft) => {
        const lease = draft as Lease;
        lease.spec = { ...lease.spec, renewTime };
        return lease;
      });
    } else {
      const owner = { apiVersion: 'v1', kind: 'Node', name, uid: node.metadata.uid };
      const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
      store.create(LEASES, { metadata: { ...ref, ownerReferences: [owner] }, spec } as Parameters<
        typeof store.create
      >[1]);
    }
    clock.after(LEASE_MS, () => renew(name));
  };

  const beat = (name: string) => {
    if (!store.get('nodes', { name })) return;
    store.update('nodes', { name }, (draft) => {
      for (const condition of draft.status?.conditions ?? []) condition.lastHeartbeatTime = toTime(clock.now());
      return draft;
    });
    clock.after(STATUS_MS, () => beat(name));
  };

  const begin = (name: string) => {
    clock.after(between(random, [0, LEASE_MS / 10]), () => renew(name));
    clock.after(between(random, [STATUS_MS / 2, STATUS_MS]), () => beat(name));
  };

  store.watch('nodes', store.version, ({ type, object }) => {
    if (type === 'ADDED') begin(object.metadata.name);
  });
  for (const node of store.list('nodes')) begin(node.metadata.name);
}
