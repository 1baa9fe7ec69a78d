import { describe, expect, it } from 'vitest';
import { startLab } from '../testing/lab.ts';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'web:1', resources: {requests: {cpu: 100m, memory: 100Mi}, limits: {cpu: 300m}}}]}
`;

describe('the load of workloads', () => {
  const web = { kind: 'Deployment', namespace: 'default', name: 'web' };

  it('[M162] a demand is shared by the ready pods of its workload, up to their limits', () => {
    const lab = startLab();
    lab.create(deployment);
    const cpus = () => lab.store.list('pods', 'default').map((pod) => lab.load.usageOf(pod)?.cpu ?? -1);
    expect(cpus()).toEqual([]);
    lab.seconds(30);
    for (const cpu of cpus()) expect(cpu).toBeLessThan(20);
    lab.load.demand(web, 400);
    for (const cpu of cpus()) {
      expect(cpu).toBeGreaterThan(200);
      expect(cpu).toBeLessThan(220);
    }
    lab.store.update('deployments.apps', web, (draft) => {
      draft.spec.replicas = 4;
      return draft;
    });
    lab.seconds(30);
    for (const cpu of cpus()) expect(cpu).toBeLessThan(120);
    lab.load.demand(web, 4000);
    expect(cpus()).toEqual([300, 300, 300, 300]);
    lab.load.demand(web, 0);
    for (const cpu of cpus()) expect(cpu).toBeLessThan(20);
  });
});
