import type { Difference } from '../judge.ts';

const WHY =
  'The real cluster has no metrics server, so its autoscalers learn nothing; those of 1.20 are kept as autoscaling/v1';

/** Autoscalers, whose versions and measures differ. */
export const autoscalers: readonly Difference[] = [
  {
    command: 'get hpa web -o yaml',
    real: [
      /^\|apiVersion: autoscaling\/v1$/,
      /^\| {2}targetCPUUtilizationPercentage: 80$/,
      /^\| {2}annotations:$/,
      /^\| {4}autoscaling\.alpha\.kubernetes\.io\/conditions: /,
      /^\| {6}\S.*$/,
    ],
    mock: [
      /^\|apiVersion: autoscaling\/v2$/,
      /^\| {2}(metrics|conditions|currentMetrics):/,
      /^\| {2}- (resource:|lastTransitionTime: "<time>")$/,
      /^\| {4,8}(name: cpu|target:|averageUtilization: 80|type: (Utilization|Resource|AbleToScale|ScalingActive|ScalingLimited))$/,
      /^\| {4}(message|reason|status): /,
      /^\| {6}\S.*$/,
    ],
    why: 'autoscaling/v2 is preferred since 1.23 and has conditions of its own; 1.20 preferred v1, which has them in an annotation',
  },
  {
    command: 'get hpa',
    real: /^\|(old-auto|web) {2}\w+\/\w+ {2}<unknown>\/80%/,
    mock: /^\|(old-auto|web) {2}\w+\/\w+ {2}cpu: <unknown>\/80%/,
    why: 'The table of autoscalers names what is measured since 1.30',
  },
  {
    command: 'describe hpa web',
    real: /unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API/,
    mock: /(missing request for cpu in container nginx of Pod web-<hash>|did not receive metrics for targeted pods)/,
    why: WHY,
  },
  {
    command: 'describe hpa web',
    kubectl: [21, 99],
    real: [
      /^\|Annotations: {2}autoscaling\.alpha\.kubernetes\.io\/conditions:$/,
      /^\|\s+\[\{"type":"AbleToScale"/,
      /^\|(Target CPU utilization: {2}80%|Current CPU utilization: {2}<unknown>%)$/,
    ],
    mock: [
      /^\|Annotations: {2}<none>$/,
      /^\|Metrics: {2}\( current \/ target \)$/,
      /^\| {2}resource cpu on pods {2}/,
      /^\|Conditions:$/,
      /^\| {2}(Type|----) /,
      /^\| {2}(AbleToScale|ScalingActive|ScalingLimited) /,
    ],
    why: 'kubectl describes autoscaling/v2, which is served since 1.23; of v1 it shows less',
  },
];
