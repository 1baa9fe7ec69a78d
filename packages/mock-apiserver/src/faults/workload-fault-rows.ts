import type { Deployment, FaultParam, Pod } from '@portolan/shared';
import type { Cancel } from '../clock.ts';
import { between } from '../controllers/context.ts';
import type { ProbeKind } from '../controllers/kubelet/failing-probes.ts';
import { MISSING_TAG } from '../scenarios/images.ts';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { choice, number, SECONDS, text } from './fault-params.ts';
import type { FaultRow, FaultWorld } from './fault-row.ts';
import type { FaultValues } from './fault-values.ts';
import { nameOf, podParam, refOf, refused } from './targets.ts';

const PROBES: readonly ProbeKind[] = ['readiness', 'liveness', 'startup'];
/** How long a container that keeps crashing runs, in simulated milliseconds. */
const RUNS_MS = [1000, 3000] as const;

/** Gives the first container an image that no registry has; the answered function gives it its own again. */
function missImage(store: Store, ref: ObjectRef): () => void {
  const { metadata, spec } = store.need('deployments.apps', ref);
  const image = spec.template.spec.containers[0]?.image;
  if (!image) throw refused(`deployment "${nameOf({ metadata: ref })}" has no container to give another image`);
  const missing = `${image.split('@')[0]?.replace(/:[^/:]+$/, '') ?? image}:${MISSING_TAG}`;
  if (image === missing)
    throw refused(`deployment "${nameOf({ metadata: ref })}" has an image that does not exist already`);
  const setImage = (from: string, to: string) => (draft: Deployment) => {
    const [first] = draft.spec.template.spec.containers;
    // Whoever has set another meanwhile keeps it.
    if (first?.image === from) first.image = to;
    return draft;
  };
  store.update('deployments.apps', ref, setImage(image, missing));
  return () => {
    const current = store.get('deployments.apps', ref);
    if (current?.metadata.uid === metadata.uid) store.update('deployments.apps', ref, setImage(missing, image));
  };
}

/** Ends the first container of a pod each time it has run for a little while. */
function keepCrashing({ cluster, random }: FaultWorld, values: FaultValues, met: () => void): () => void {
  const { store, pods, api } = cluster;
  const ref = refOf(values.text('pod'));
  const { uid } = store.need('pods', ref).metadata;
  let pending: Cancel | undefined;
  const isRunning = (pod: Pod | undefined) =>
    pod?.metadata.uid === uid &&
    !pod.metadata.deletionTimestamp &&
    pod.status?.containerStatuses?.some(
      ({ name, state }) => name === pod.spec.containers[0]?.name && state?.running !== undefined,
    );
  const crash = () => {
    pending = undefined;
    if (!isRunning(store.get('pods', ref))) return;
    pods.exit(ref, undefined, 1);
    met();
  };
  const see = (pod: Pod) => {
    if (isRunning(pod)) pending ??= api.clock.after(between(random, RUNS_MS), crash);
  };
  const unwatch = store.watch('pods', store.version, ({ object }) => see(object), { of: 'object', ref });
  see(store.need('pods', ref));
  return () => {
    unwatch();
    pending?.();
  };
}

const exits = (
  facts: Pick<FaultRow, 'id' | 'title' | 'description'>,
  params: readonly FaultParam[],
  exit: (world: FaultWorld, ref: ObjectRef, values: FaultValues) => void,
): FaultRow => ({
  ...facts,
  affects: 'cluster',
  lasts: false,
  params: (world, most) => [podParam(world, most), ...params],
  begin(world, values, met) {
    exit(world, refOf(values.text('pod')), values);
    met();
    return undefined;
  },
});

/** The faults of workloads: their images, their probes, their containers. */
export const WORKLOAD_FAULTS: readonly FaultRow[] = [
  {
    id: 'missing-image',
    title: text('An image that does not exist', '不存在的镜像'),
    description: text(
      'A Deployment is rolled out with an image that no registry has; cleared, its own comes back.',
      'Deployment 更新为任何仓库都没有的镜像；清除后恢复原镜像。',
    ),
    affects: 'cluster',
    lasts: true,
    params: ({ cluster }, most) => {
      const names = cluster.store.list('deployments.apps').slice(0, most).map(nameOf);
      return [choice('deployment', text('Deployment', 'Deployment'), names), SECONDS];
    },
    begin({ cluster }, values, met) {
      const end = missImage(cluster.store, refOf(values.text('deployment')));
      met();
      return end;
    },
  },
  {
    id: 'failing-probe',
    title: text('A probe that fails', '探针失败'),
    description: text(
      'A pod fails its probe: readiness takes it out of its services, liveness and startup have it started anew.',
      'Pod 的探针失败：就绪探针失败会将其移出服务，存活和启动探针失败会使其重启。',
    ),
    affects: 'cluster',
    lasts: true,
    params: (world, most) => [podParam(world, most), choice('probe', text('Probe', '探针'), PROBES), SECONDS],
    begin({ cluster: { pods, store } }, values, met) {
      const ref = refOf(values.text('pod'));
      const probe = PROBES.find((kind) => kind === values.text('probe')) ?? 'readiness';
      if (pods.isFailing(ref, probe)) throw refused(`pod "${values.text('pod')}" fails its ${probe} probe already`);
      const { uid } = store.need('pods', ref).metadata;
      pods.failProbe(ref, probe, true);
      met();
      return () => {
        if (store.get('pods', ref)?.metadata.uid === uid) pods.failProbe(ref, probe, false);
      };
    },
  },
  exits(
    {
      id: 'container-crash',
      title: text('A container crashes', '容器崩溃'),
      description: text(
        'The first container of a pod ends with an exit code; its kubelet starts it again after a back-off.',
        'Pod 的第一个容器以退出码结束；kubelet 在退避后重新启动它。',
      ),
    },
    [number('exitCode', text('Exit code', '退出码'), [1, 1, 255], 'count')],
    ({ cluster }, ref, values) => cluster.pods.exit(ref, undefined, values.number('exitCode')),
  ),
  {
    id: 'crash-loop',
    title: text('A container that keeps crashing', '容器反复崩溃'),
    description: text(
      'The first container of a pod ends some seconds after each start, until it is cleared.',
      'Pod 的第一个容器每次启动数秒后都会退出，直到清除。',
    ),
    affects: 'cluster',
    lasts: true,
    params: (world, most) => [podParam(world, most), SECONDS],
    begin: keepCrashing,
  },
  exits(
    {
      id: 'oom-kill',
      title: text('Out of memory', '内存不足'),
      description: text(
        'The first container of a pod takes more memory than its limit and is killed: OOMKilled, 137.',
        'Pod 的第一个容器超出内存限制而被终止：OOMKilled，137。',
      ),
    },
    [],
    ({ cluster }, ref) => cluster.pods.exit(ref, undefined, 137, { oom: true }),
  ),
];
