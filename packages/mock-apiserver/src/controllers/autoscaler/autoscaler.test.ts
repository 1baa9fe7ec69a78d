import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';

const BIG = { nodes: [{ name: 'n1', address: '10.0.0.1', podCIDR: '10.1.0.0/24', cpu: '64', memory: '64Gi' }] };

const deployment = (resources: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'web:1', resources: ${resources}}]}
`;

const autoscaler = (behavior = '') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 10
  ${behavior}
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
`;

describe('a HorizontalPodAutoscaler', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'web' };
  const hpa = () => lab.store.need('horizontalpodautoscalers.autoscaling', ref);
  const replicas = () => lab.store.need('deployments.apps', ref).spec.replicas;
  const condition = (type: string) => {
    const found = hpa().status?.conditions?.find((candidate) => candidate.type === type);
    return `${found?.status} ${found?.reason}`;
  };
  const events = () =>
    lab.store
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.kind === 'HorizontalPodAutoscaler')
      .sort((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
      .map(({ reason, message }) => `${reason} ${message}`);
  const demand = (milliCores: number) =>
    lab.load.demand({ kind: 'Deployment', namespace: 'default', name: 'web' }, milliCores);

  beforeEach(() => {
    lab = startLab(BIG);
    lab.create(deployment('{requests: {cpu: 100m}}'));
    lab.seconds(60);
  });

  it('[M170] goes up when its pods use more than the target, and says why', () => {
    lab.create(autoscaler());
    lab.seconds(30);
    expect(condition('AbleToScale')).toBe('True ScaleDownStabilized');
    lab.seconds(310);
    expect(replicas()).toBe(2);
    expect(condition('AbleToScale')).toBe('True ReadyForNewScale');
    expect(condition('ScalingActive')).toBe('True ValidMetricFound');
    expect(condition('ScalingLimited')).toBe('True TooFewReplicas');
    demand(190);
    lab.seconds(16);
    expect(replicas()).toBe(5);
    expect(events()).toEqual([
      'SuccessfulRescale New size: 5; reason: cpu resource utilization (percentage of request) above target',
    ]);
    expect(hpa().status).toMatchObject({
      currentMetrics: [{ type: 'Resource', resource: { name: 'cpu' } }],
      desiredReplicas: 5,
    });
    lab.seconds(90);
    expect(replicas()).toBe(5);
    expect(condition('AbleToScale')).toBe('True ReadyForNewScale');
  });

  it('[M170] leaves a deviation of a tenth alone', () => {
    lab.create(autoscaler());
    demand(80);
    lab.seconds(120);
    expect(replicas()).toBe(2);
  });

  it('[M170] goes down only when five minutes asked for less', () => {
    lab.create(autoscaler());
    demand(190);
    lab.seconds(90);
    expect(replicas()).toBe(5);
    demand(0);
    lab.seconds(240);
    expect(replicas()).toBe(5);
    expect(condition('AbleToScale')).toBe('True ScaleDownStabilized');
    lab.seconds(90);
    expect(replicas()).toBe(2);
    expect(events().at(-1)).toBe('SuccessfulRescale New size: 2; reason: All metrics below target');
  });

  it('[M170] goes no faster than its behavior, and no further than its limits', () => {
    lab.create(autoscaler('behavior: {scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}}'));
    demand(2000);
    const sizes: (number | undefined)[] = [];
    for (let minute = 0; minute < 3; minute++) {
      lab.seconds(60);
      sizes.push(replicas());
    }
    expect(sizes).toEqual([3, 4, 5]);
    expect(condition('ScalingLimited')).toBe('True ScaleUpLimit');
    lab.seconds(600);
    expect(replicas()).toBe(10);
    expect(condition('ScalingLimited')).toBe('True TooManyReplicas');
  });

  it('[M170] says what it misses: a target, or a request', () => {
    lab.create(autoscaler().replace('kind: Deployment, name: web', 'kind: Deployment, name: none'));
    lab.seconds(20);
    expect(condition('AbleToScale')).toBe('False FailedGetScale');
    lab.store.delete('horizontalpodautoscalers.autoscaling', ref);
    lab.store.delete('deployments.apps', ref);
    lab.seconds(30);
    lab.create(deployment('{}'));
    lab.seconds(60);
    lab.create(autoscaler());
    lab.seconds(20);
    expect(condition('ScalingActive')).toBe('False FailedGetResourceMetric');
    expect(events().at(-1)).toMatch(
      /^FailedComputeMetricsReplicas invalid metrics \(1 invalid out of 1\), first error is: failed to get cpu utilization: missing request for cpu in container c of Pod web-/,
    );
  });
});
