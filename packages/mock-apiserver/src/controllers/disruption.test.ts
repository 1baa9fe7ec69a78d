import { beforeEach, describe, expect, it } from 'vitest';
import { callApi } from '../api/in-process.ts';
import { type Lab, startLab } from '../testing/lab.ts';
import { refusal } from '../testing/refusal.ts';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'web:1'}]}}
`;

const budget = (spec: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, ${spec}}
`;

describe('a PodDisruptionBudget', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'web' };
  const status = () => lab.store.need('poddisruptionbudgets.policy', ref).status;
  const pods = () => lab.store.list('pods', 'default').filter(({ metadata }) => !metadata.deletionTimestamp);
  const evict = (name = pods()[0]?.metadata.name ?? '') => {
    const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'default' } };
    return callApi(lab.api, { method: 'POST', path: `/api/v1/namespaces/default/pods/${name}/eviction`, body });
  };

  beforeEach(() => {
    lab = startLab();
    lab.create(deployment);
    lab.seconds(60);
  });

  it.each([
    ['minAvailable: 2', { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
    ['minAvailable: 50%', { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
    ['maxUnavailable: 1', { expectedPods: 3, desiredHealthy: 2, currentHealthy: 3, disruptionsAllowed: 1 }],
    ['maxUnavailable: 100%', { expectedPods: 3, desiredHealthy: 0, currentHealthy: 3, disruptionsAllowed: 3 }],
    ['minAvailable: 3', { expectedPods: 3, desiredHealthy: 3, currentHealthy: 3, disruptionsAllowed: 0 }],
  ])('[M171] with %s says how many pods it can spare', (spec, expected) => {
    lab.create(budget(spec));
    lab.seconds(1);
    expect(status()).toMatchObject(expected);
    const [condition] = status()?.conditions ?? [];
    const spares = expected.disruptionsAllowed > 0;
    expect(condition).toMatchObject({
      type: 'DisruptionAllowed',
      status: spares ? 'True' : 'False',
      reason: spares ? 'SufficientPods' : 'InsufficientPods',
    });
  });

  it('[M171] grants evictions as far as it goes, and refuses the next with 429 and its cause', () => {
    lab.create(budget('minAvailable: 2'));
    lab.seconds(1);
    evict();
    const refused = refusal(() => evict());
    expect(refused.code).toBe(429);
    expect(refused.message).toBe("Cannot evict pod as it would violate the pod's disruption budget.");
    expect(refused.details?.causes).toEqual([
      { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 3 currently' },
    ]);
    lab.seconds(60);
    expect(status()).toMatchObject({ currentHealthy: 3, disruptionsAllowed: 1 });
    expect(status()?.disruptedPods).toBeUndefined();
    evict();
  });

  it('[M171] refuses while it has not been looked at, and where there are two of it', () => {
    lab.components.stop('kube-controller-manager');
    lab.create(budget('minAvailable: 1'));
    expect(refusal(() => evict()).details?.retryAfterSeconds).toBe(10);
    lab.components.start('kube-controller-manager');
    lab.seconds(30);
    lab.create(budget('minAvailable: 1').replace('name: web', 'name: other'));
    lab.seconds(1);
    expect(refusal(() => evict()).message).toContain('more than one PodDisruptionBudget');
  });

  it('[M275] with an empty selector counts every pod in policy/v1 and none in v1beta1', () => {
    for (const version of ['v1', 'v1beta1']) {
      lab.create(`
apiVersion: policy/${version}
kind: PodDisruptionBudget
metadata: {name: ${version}}
spec: {selector: {}, minAvailable: 1}
`);
    }
    lab.seconds(30);
    const expected = (name: string) =>
      lab.store.need('poddisruptionbudgets.policy', { namespace: 'default', name }).status?.expectedPods;
    expect([expected('v1'), expected('v1beta1')]).toEqual([3, 0]);
  });
});
