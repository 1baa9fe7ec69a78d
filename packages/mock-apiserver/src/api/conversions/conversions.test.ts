import type { Event, HorizontalPodAutoscaler, KubeObject } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { autoscalingV1 } from './autoscaling-v1.ts';
import { eventsV1 } from './events-v1.ts';
import { ingressV1beta1 } from './ingress-v1beta1.ts';
import { policyV1beta1 } from './policy-v1beta1.ts';

const metadata = { name: 'web', namespace: 'default' } as KubeObject['metadata'];
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' };
const utilization = (name: string, averageUtilization: number) => ({
  type: 'Resource' as const,
  resource: { name, target: { type: 'Utilization' as const, averageUtilization } },
});

describe('conversion between versions', () => {
  it('[M120] an autoscaler of v1 has one target of cpu', () => {
    const stored = autoscalingV1.toStored({
      metadata,
      spec: { scaleTargetRef, maxReplicas: 5, targetCPUUtilizationPercentage: 80 },
    } as KubeObject) as HorizontalPodAutoscaler;
    expect(stored.spec.metrics).toEqual([utilization('cpu', 80)]);
    expect(autoscalingV1.fromStored(stored)).toMatchObject({
      spec: { maxReplicas: 5, targetCPUUtilizationPercentage: 80 },
    });
  });

  it('[M120] what v1 has no fields for is kept in annotations, and comes back', () => {
    const stored: HorizontalPodAutoscaler = {
      metadata: { ...metadata, annotations: { note: 'mine' } },
      spec: {
        scaleTargetRef,
        minReplicas: 1,
        maxReplicas: 5,
        metrics: [utilization('memory', 60), utilization('cpu', 80)],
        behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
      },
      status: { currentReplicas: 1, desiredReplicas: 2, conditions: [{ type: 'AbleToScale', status: 'True' }] },
    };
    const v1 = autoscalingV1.fromStored(stored);
    expect(Object.keys(v1.metadata.annotations ?? {}).sort()).toEqual([
      'autoscaling.alpha.kubernetes.io/behavior',
      'autoscaling.alpha.kubernetes.io/conditions',
      'autoscaling.alpha.kubernetes.io/metrics',
      'note',
    ]);
    expect(autoscalingV1.toStored(v1)).toEqual(stored);
  });

  it('[M120] an ingress of v1beta1 says service and port side by side', () => {
    const stored = {
      metadata,
      spec: {
        defaultBackend: { service: { name: 'web', port: { name: 'http' } } },
        rules: [
          {
            host: 'a.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
            },
          },
        ],
      },
    };
    const old = ingressV1beta1.fromStored(stored);
    expect(old).toMatchObject({
      spec: {
        backend: { serviceName: 'web', servicePort: 'http' },
        rules: [{ http: { paths: [{ backend: { serviceName: 'web', servicePort: 80 } }] } }],
      },
    });
    expect(ingressV1beta1.toStored(old)).toEqual(stored);
  });

  it('[M120] an event of events.k8s.io is the core event under other names', () => {
    const event: Event = {
      metadata,
      involvedObject: { kind: 'Pod', name: 'web' },
      message: 'Started',
      count: 2,
      source: { component: 'kubelet' },
      reason: 'Started',
    };
    const converted = eventsV1.fromStored(event);
    expect(converted).toEqual({
      metadata,
      regarding: { kind: 'Pod', name: 'web' },
      note: 'Started',
      deprecatedCount: 2,
      deprecatedSource: { component: 'kubelet' },
      reason: 'Started',
    });
    expect(eventsV1.toStored(converted)).toEqual(event);
  });

  it('[M275] an empty selector of a budget means in each version what that version says, and comes back', () => {
    const of = (selector: object) => ({ metadata, spec: { minAvailable: 1, selector } }) as KubeObject;
    const selectorOf = (object: KubeObject) => (object as unknown as { spec: { selector: object } }).spec.selector;
    const key = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';
    const stored = policyV1beta1.toStored(of({}));
    expect(selectorOf(stored)).toEqual({ matchExpressions: [{ key, operator: 'Exists' }] });
    expect(selectorOf(policyV1beta1.fromStored(stored))).toEqual({});
    const shown = policyV1beta1.fromStored(of({}));
    expect(selectorOf(shown)).toEqual({ matchExpressions: [{ key, operator: 'DoesNotExist' }] });
    expect(selectorOf(policyV1beta1.toStored(shown))).toEqual({});
    const plain = of({ matchLabels: { app: 'web' } });
    expect([policyV1beta1.toStored(plain), policyV1beta1.fromStored(plain)]).toEqual([plain, plain]);
  });
});
