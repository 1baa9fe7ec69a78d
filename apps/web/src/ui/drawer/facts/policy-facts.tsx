import { type EntityOf, humanDuration, leaderSilentMs, printCpu, printMemory, printMetric } from '@portolan/shared';
import { Row } from '../section.tsx';
import { type Fact, type FactsOf, lines, mono, selectorFact, type Telling } from './fact.tsx';

type Metric = EntityOf<'HorizontalPodAutoscaler'>['metrics'][number];

/** kubectl names resources alone; here each metric has its name. */
const metricText = (metric: Metric) =>
  metric.type.endsWith('Resource') ? printMetric(metric) : `${metric.name ?? metric.type}: ${printMetric(metric)}`;

function autoscalerFacts(autoscaler: EntityOf<'HorizontalPodAutoscaler'>, { text, now }: Telling): readonly Fact[] {
  const { target, metrics, min, max, current, desired, lastScale } = autoscaler;
  const moving = current !== null && desired !== null && current !== desired;
  return [
    ['REFERENCE', mono(`${target.kind}/${target.name}`)],
    ['TARGETS', metrics.length === 0 ? mono('<none>') : lines(metrics.map(metricText))],
    ['MINPODS', min ?? '<unset>'],
    ['MAXPODS', max],
    ['REPLICAS', current === null ? text.notLookedYet : moving ? `${current} → ${desired}` : current],
    [text.lastScaled, lastScale === null ? null : text.ago(humanDuration(now - lastScale))],
  ];
}

function budgetFacts(budget: EntityOf<'PodDisruptionBudget'>, { text }: Telling): readonly Fact[] {
  const { minAvailable, maxUnavailable, allowed, healthy, desired, expected, selector } = budget;
  const counted = healthy !== null && expected !== null && desired !== null;
  return [
    ['MIN AVAILABLE', minAvailable],
    ['MAX UNAVAILABLE', maxUnavailable],
    ['ALLOWED DISRUPTIONS', allowed ?? text.notCountedYet],
    [text.healthyPods, counted ? text.healthyOf(healthy, expected, desired) : text.notCountedYet],
    [text.selector, selectorFact(selector, text.everyPod, text.noPod)],
  ];
}

function quotaFacts({ resources, scopes }: EntityOf<'ResourceQuota'>, { text }: Telling): readonly Fact[] {
  return [
    [
      text.usedOfHard,
      resources.map(({ name, used, hard }) => (
        <Row key={name} right={`${used ?? text.notCountedYet} / ${hard}`} title={name}>
          {mono(name)}
        </Row>
      )),
    ],
    ['SCOPES', lines(scopes)],
  ];
}

function leaseFacts(lease: EntityOf<'Lease'>, { text, now }: Telling): readonly Fact[] {
  const { holder, acquired, durationMs, transitions } = lease;
  const silent = leaderSilentMs(lease, now);
  return [
    ['HOLDER', mono(holder ?? '<none>')],
    [text.leadsSince, acquired === null ? null : text.ago(humanDuration(now - acquired))],
    [
      text.renewed,
      silent === null ? text.never : silent === 0 ? text.justRenewed : text.silentAtLeast(humanDuration(silent)),
    ],
    [text.leaseFor, durationMs === null ? null : humanDuration(durationMs)],
    [text.transitions, transitions],
  ];
}

const usageFacts = (usage: EntityOf<'NodeMetrics' | 'PodMetrics'>): readonly Fact[] => [
  ['CPU(cores)', printCpu(usage)],
  ['MEMORY(bytes)', printMemory(usage)],
];

/** What is said of what scales, limits, leads and is used. */
export const POLICY_FACTS: FactsOf = {
  HorizontalPodAutoscaler: autoscalerFacts,
  PodDisruptionBudget: budgetFacts,
  ResourceQuota: quotaFacts,
  Lease: leaseFacts,
  NodeMetrics: usageFacts,
  PodMetrics: usageFacts,
};
