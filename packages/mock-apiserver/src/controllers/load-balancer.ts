import type { Service } from '@portolan/shared';
import { addressesIn } from '../api/address-pool.ts';
import { between, type ControllerContext } from './context.ts';
import type { LoadBalancerFacts } from './control-plane/facts.ts';
import { fromKey, toKey } from './object-key.ts';
import { WorkQueue } from './work-queue.ts';

const SOURCE = { component: 'service-controller' };
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Services of another class are another implementation's. */
const wants = ({ metadata, spec }: Service) =>
  spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined && !metadata.deletionTimestamp;

/**
 * Gives services of type LoadBalancer the addresses of a cloud, some seconds after they ask, and takes them back
 * (`cloud-provider/controllers/service`). Without a cloud they stay pending.
 */
export function startLoadBalancers(context: ControllerContext, facts: LoadBalancerFacts): void {
  const { store, clock, random, events } = context;
  const given = new Map<string, string>();
  const atWork = new Set<string>();
  const reserved = new Set(Object.values(facts.reserved ?? {}));

  const tell = (service: Service, reason: string, message: string) =>
    events.record(service, SOURCE, { type: 'Normal', reason, message });

  const addressFor = (key: string, service: Service): string | undefined => {
    const asked = facts.reserved?.[key] ?? service.spec.loadBalancerIP ?? given.get(key);
    if (asked !== undefined) return asked;
    const used = new Set(given.values());
    for (const address of addressesIn(facts.cidr)) if (!used.has(address) && !reserved.has(address)) return address;
    return undefined;
  };

  const setFinalizer = (service: Service, present: boolean) => {
    if ((service.metadata.finalizers ?? []).includes(FINALIZER) === present) return;
    store.update('services', service.metadata, (draft) => {
      const others = (draft.metadata.finalizers ?? []).filter((name) => name !== FINALIZER);
      const finalizers = present ? [...others, FINALIZER] : others;
      if (finalizers.length > 0) draft.metadata.finalizers = finalizers;
      else delete draft.metadata.finalizers;
      return draft;
    });
  };

  const setAddress = (service: Service, ip: string | undefined) => {
    const ingress = ip === undefined ? undefined : [{ ip, ipMode: 'VIP' }];
    store.update('services', service.metadata, (draft) => {
      draft.status = { ...draft.status, loadBalancer: ingress ? { ingress } : {} };
      return draft;
    });
  };

  const ensured = (key: string, uid: string) => {
    atWork.delete(uid);
    const service = store.get('services', fromKey(key));
    if (service?.metadata.uid !== uid || !wants(service)) return;
    const address = addressFor(key, service);
    if (address === undefined) {
      const message = `Error syncing load balancer: failed to ensure load balancer: no free address in ${facts.cidr}`;
      events.record(service, SOURCE, { type: 'Warning', reason: 'SyncLoadBalancerFailed', message });
      return;
    }
    given.set(key, address);
    setAddress(service, address);
    tell(service, 'EnsuredLoadBalancer', 'Ensured load balancer');
  };

  const release = (key: string, service: Service) => {
    tell(service, 'DeletingLoadBalancer', 'Deleting load balancer');
    given.delete(key);
    if (!service.metadata.deletionTimestamp) setAddress(service, undefined);
    tell(service, 'DeletedLoadBalancer', 'Deleted load balancer');
    setFinalizer(store.need('services', service.metadata), false);
  };

  const queue = new WorkQueue(context, (key) => {
    const service = store.get('services', fromKey(key));
    if (!service) {
      given.delete(key);
      return;
    }
    const { uid } = service.metadata;
    if (!wants(service)) {
      if (service.metadata.finalizers?.includes(FINALIZER)) release(key, service);
      return;
    }
    if (service.status?.loadBalancer?.ingress?.length || atWork.has(uid)) return;
    atWork.add(uid);
    setFinalizer(service, true);
    tell(service, 'EnsuringLoadBalancer', 'Ensuring load balancer');
    clock.after(between(random, facts.afterMs), () => ensured(key, uid));
  });

  store.watch('services', store.version, ({ object }) => queue.add(toKey(object)));
  for (const service of store.list('services')) queue.add(toKey(service));
}
