import type { Condition, KubeObject, LabelSelector } from './meta.ts';

/** autoscaling/v2; v2beta2 is the same, and what v1 writes otherwise stands here too. */

/** The target of a metric, or its current value: one of the three fields says it. */
export interface MetricAmount {
  type?: 'Utilization' | 'Value' | 'AverageValue';
  value?: string;
  averageValue?: string;
  averageUtilization?: number;
}

export interface MetricIdentifier {
  name: string;
  selector?: LabelSelector;
}

export interface CrossVersionObjectReference {
  kind: string;
  name: string;
  apiVersion?: string;
}

/** One metric; `A` is `target` in a spec and `current` in a status. */
export interface Metric<A extends 'target' | 'current'> {
  type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  resource?: { name: string } & Record<A, MetricAmount>;
  containerResource?: { name: string; container: string } & Record<A, MetricAmount>;
  pods?: { metric: MetricIdentifier } & Record<A, MetricAmount>;
  object?: { describedObject: CrossVersionObjectReference; metric: MetricIdentifier } & Record<A, MetricAmount>;
  external?: { metric: MetricIdentifier } & Record<A, MetricAmount>;
}

export interface ScalingRules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: 'Max' | 'Min' | 'Disabled';
  policies?: { type: 'Pods' | 'Percent'; value: number; periodSeconds: number }[];
}

export interface HorizontalPodAutoscaler extends KubeObject {
  spec: {
    scaleTargetRef: CrossVersionObjectReference;
    minReplicas?: number;
    maxReplicas: number;
    metrics?: Metric<'target'>[];
    /** v1's only metric. */
    targetCPUUtilizationPercentage?: number;
    behavior?: { scaleUp?: ScalingRules; scaleDown?: ScalingRules };
  };
  status?: {
    observedGeneration?: number;
    lastScaleTime?: string;
    currentReplicas?: number;
    desiredReplicas?: number;
    currentMetrics?: Metric<'current'>[] | null;
    /** v1. */
    currentCPUUtilizationPercentage?: number;
    conditions?: Condition[];
  };
}
