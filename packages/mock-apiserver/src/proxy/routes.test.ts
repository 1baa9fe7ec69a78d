import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';
import { type Route, Routes } from './routes.ts';

const WEB = { namespace: 'default', name: 'web' };

const deployment = (replicas: number, strategy = 'RollingUpdate') => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  strategy: {type: ${strategy}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx, ports: [{containerPort: 8080}]}]}
`;

const service = (more = '') => `
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]${more}}
`;

describe('the rules of the service proxy', () => {
  let lab: Lab;
  let routes: Routes;
  const route = (): Route => {
    const [first] = routes.of(WEB);
    if (!first) throw new Error('the service has no port');
    return first;
  };
  const names = () =>
    route()
      .targets.map(({ name }) => name)
      .sort();

  beforeEach(() => {
    lab = startLab();
    routes = new Routes({ store: lab.store, clock: lab.clock, random: seededRandom(1) });
    lab.create(service());
  });

  it('[M202] name the ready pods with the port their slice gives, 100 to 300 ms after the slice did', () => {
    lab.create(deployment(1));
    const seen: number[] = [];
    lab.store.watch('endpointslices.discovery.k8s.io', lab.store.version, ({ object }) => {
      if (object.endpoints?.some(({ conditions }) => conditions?.ready)) seen.push(lab.clock.elapsed());
    });
    const programmed: number[] = [];
    routes.subscribe(() => {
      if (route().targets.length > 0) programmed.push(lab.clock.elapsed());
    });
    lab.seconds(20);
    const [pod] = lab.store.list('pods', 'default');
    expect(route().targets).toEqual([
      { namespace: 'default', name: pod?.metadata.name, uid: pod?.metadata.uid, ip: pod?.status?.podIP, port: 8080 },
    ]);
    const lag = (programmed[0] ?? 0) - (seen[0] ?? 0);
    expect(lag).toBeGreaterThanOrEqual(100);
    expect(lag).toBeLessThanOrEqual(300);
  });

  it('[M203] turn to pods that end but still serve only when no other is ready', () => {
    lab.create(deployment(2));
    lab.seconds(20);
    const [first, second] = names();
    lab.store.update('deployments.apps', WEB, (draft) => {
      draft.spec.replicas = 0;
      return draft;
    });
    lab.seconds(0.5);
    const ending = lab.store.list('pods', 'default');
    expect(ending.every(({ metadata }) => metadata.deletionTimestamp !== undefined)).toBe(true);
    expect(names()).toEqual([first, second]);
    lab.seconds(10);
    expect(route().targets).toEqual([]);
    expect(routes.pick(route())).toBeUndefined();
  });

  it('[M204] spread connections over all targets, and keep a client of ClientIP affinity with its pod for its time', () => {
    lab.create(deployment(3));
    lab.seconds(20);
    const spread = new Set(Array.from({ length: 60 }, () => routes.pick(route(), '10.0.0.1')?.name));
    expect([...spread].sort()).toEqual(names());
    lab.store.update('services', WEB, (draft) => {
      draft.spec.sessionAffinity = 'ClientIP';
      draft.spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 60 } };
      return draft;
    });
    lab.seconds(1);
    const pick = (client: string) => routes.pick(route(), client)?.name;
    const kept = pick('10.0.0.1');
    expect(new Set(Array.from({ length: 40 }, () => pick('10.0.0.1')))).toEqual(new Set([kept]));
    // Others have pods of their own: twenty clients do not all fall on one.
    const others = Array.from({ length: 20 }, (_, index) => pick(`10.0.1.${index}`));
    expect(new Set(others).size).toBeGreaterThan(1);
    // After its time a client is drawn for anew: of many, some change.
    lab.seconds(61);
    const again = Array.from({ length: 20 }, (_, index) => pick(`10.0.1.${index}`));
    expect(again).not.toEqual(others);
  });

  it('[M204] let a client go from a pod that has left the service', () => {
    lab.store.update('services', WEB, (draft) => {
      draft.spec.sessionAffinity = 'ClientIP';
      return draft;
    });
    lab.create(deployment(2));
    lab.seconds(20);
    const kept = routes.pick(route(), '10.0.0.1');
    lab.store.delete('pods', { namespace: 'default', name: kept?.name ?? '' });
    lab.seconds(1);
    const next = routes.pick(route(), '10.0.0.1');
    expect(next?.name).toBeDefined();
    expect(next?.name).not.toBe(kept?.name);
  });

  it('[M202] the same seed picks the same pods', () => {
    lab.create(deployment(3));
    lab.seconds(20);
    const picks = (seed: number) => {
      const other = new Routes({ store: lab.store, clock: lab.clock, random: seededRandom(seed) });
      const [first] = other.of(WEB);
      return Array.from({ length: 20 }, () => first && other.pick(first)?.name);
    };
    expect(picks(7)).toEqual(picks(7));
    expect(picks(7)).not.toEqual(picks(8));
  });
});
