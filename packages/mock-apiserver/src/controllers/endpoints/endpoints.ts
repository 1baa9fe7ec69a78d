import { podsWithLabels } from '../../store/pods-with-labels.ts';
import type { ControllerContext } from '../context.ts';
import { fromKey, toKey } from '../object-key.ts';
import { isEnded } from '../pod-state.ts';
import { WorkQueue } from '../work-queue.ts';
import { isSelecting, Selectors } from './selectors.ts';
import { syncSlices } from './slices.ts';
import { syncEndpoints } from './subsets.ts';

/** Keeps Endpoints and EndpointSlices for every service with a selector (`pkg/controller/endpoint`, `endpointslice`). */
export function startEndpointsController(context: ControllerContext): void {
  const { store } = context;
  const selectors = new Selectors();
  const queue = new WorkQueue(context, (key) => {
    const service = store.get('services', fromKey(key));
    if (!service) {
      if (store.get('endpoints', fromKey(key))) store.delete('endpoints', fromKey(key));
      return;
    }
    if (!isSelecting(service)) return;
    // Those with an address that have not ended.
    const { namespace = '' } = service.metadata;
    const selected = podsWithLabels(store, namespace, service.spec.selector ?? {});
    const pods = selected.filter((pod) => pod.status?.podIP && !isEnded(pod));
    syncEndpoints(context, service, pods);
    syncSlices(context, service, pods);
  });
  store.watch('services', store.version, ({ type, object, previous }) => {
    if (type === 'DELETED') selectors.forget(toKey(object));
    else if (object.spec !== previous?.spec) selectors.see(object);
    queue.add(toKey(object));
  });
  store.watch('pods', store.version, ({ type, object, previous }) => {
    for (const key of selectors.concerned(object, previous, type === 'DELETED')) queue.add(key);
  });
  for (const service of store.list('services')) {
    selectors.see(service);
    queue.add(toKey(service));
  }
}
