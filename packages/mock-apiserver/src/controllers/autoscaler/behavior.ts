import type { HorizontalPodAutoscaler, ScalingRules } from '@portolan/shared';
import type { Clock } from '../../clock.ts';

/** How fast an autoscaler may go, unless it says otherwise (`pkg/apis/autoscaling/v2/defaults.go`). */
const UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: 'Max',
  policies: [
    { type: 'Pods', value: 4, periodSeconds: 15 },
    { type: 'Percent', value: 100, periodSeconds: 15 },
  ],
} as const satisfies ScalingRules;
const DOWN = {
  stabilizationWindowSeconds: 300,
  selectPolicy: 'Max',
  policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
} as const satisfies ScalingRules;

/** The longest that anything of an autoscaler is remembered (`MaxStabilizationWindow`). */
const REMEMBERED_MS = 3_600_000;

/** What a size becomes, and why where it was held back. */
export interface Held {
  size: number;
  held?: { reason: string; message: string };
}

const WITHIN = { reason: 'DesiredWithinRange', message: 'the desired count is within the acceptable range' };

/** What one autoscaler recommended and did, by which its pace is kept (`pkg/controller/podautoscaler/horizontal.go`). */
export class Pace {
  readonly #clock: Clock;
  #recommended: { size: number; at: number }[] = [];
  #changes: { by: number; at: number }[] = [];

  constructor(clock: Clock, size: number) {
    this.#clock = clock;
    this.#recommended.push({ size, at: clock.elapsed() });
  }

  /** Notes a change of size that was made. */
  changed(by: number): void {
    this.#changes.push({ by, at: this.#clock.elapsed() });
  }

  /** The recommendation held to what was recommended in the windows: no lower than the highest, no higher than the lowest. */
  stabilize({ spec }: HorizontalPodAutoscaler, current: number, size: number): Held {
    const now = this.#clock.elapsed();
    this.#recommended = this.#recommended.filter(({ at }) => now - at <= REMEMBERED_MS);
    this.#changes = this.#changes.filter(({ at }) => now - at <= REMEMBERED_MS);
    const within = (rules: ScalingRules | undefined, fallback: { stabilizationWindowSeconds: number }) => {
      const window = (rules?.stabilizationWindowSeconds ?? fallback.stabilizationWindowSeconds) * 1000;
      return this.#recommended.filter(({ at }) => at > now - window).map((recommendation) => recommendation.size);
    };
    const lowest = Math.min(size, ...within(spec.behavior?.scaleUp, UP));
    const highest = Math.max(size, ...within(spec.behavior?.scaleDown, DOWN));
    this.#recommended.push({ size, at: now });
    const stable = Math.min(Math.max(current, lowest), highest);
    if (stable === size) return { size };
    const [reason, which] = size > current ? ['ScaleUpStabilized', 'lower'] : ['ScaleDownStabilized', 'higher'];
    const most = size > current ? 'lowest' : 'highest';
    const message = `recent recommendations were ${which} than current one, applying the ${most} recent recommendation`;
    return { size: stable, held: { reason, message } };
  }

  /** The size held to the policies' pace and to the limits, with the condition ScalingLimited's words. */
  limit({ spec }: HorizontalPodAutoscaler, current: number, size: number): Required<Held> & { limited: boolean } {
    const lowest = spec.minReplicas ?? 1;
    if (size > current) {
      const pace = Math.max(current, this.#most(spec.behavior?.scaleUp, current));
      const most = Math.min(pace, spec.maxReplicas);
      if (size <= most) return { size, held: WITHIN, limited: false };
      const held =
        spec.maxReplicas <= pace
          ? { reason: 'TooManyReplicas', message: 'the desired replica count is more than the maximum replica count' }
          : {
              reason: 'ScaleUpLimit',
              message: 'the desired replica count is increasing faster than the maximum scale rate',
            };
      return { size: most, held, limited: true };
    }
    if (size === current && size >= lowest) return { size, held: WITHIN, limited: false };
    const pace = Math.min(current, this.#least(spec.behavior?.scaleDown, current));
    const least = Math.max(pace, lowest);
    if (size >= least) return { size, held: WITHIN, limited: false };
    const held =
      lowest >= pace
        ? { reason: 'TooFewReplicas', message: 'the desired replica count is less than the minimum replica count' }
        : {
            reason: 'ScaleDownLimit',
            message: 'the desired replica count is decreasing faster than the maximum scale rate',
          };
    return { size: least, held, limited: true };
  }

  /** How many came, or went for a negative `sign`, in the last seconds. */
  #changedWithin(seconds: number, sign: 1 | -1): number {
    const from = this.#clock.elapsed() - seconds * 1000;
    return this.#changes
      .filter(({ by, at }) => at > from && Math.sign(by) === sign)
      .reduce((sum, { by }) => sum + Math.abs(by), 0);
  }

  #most(rules: ScalingRules | undefined, current: number): number {
    const { selectPolicy = UP.selectPolicy, policies = UP.policies } = rules ?? {};
    if (selectPolicy === 'Disabled') return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = current - this.#changedWithin(periodSeconds, 1);
      return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
    });
    return selectPolicy === 'Min' ? Math.min(...limits) : Math.max(...limits);
  }

  #least(rules: ScalingRules | undefined, current: number): number {
    const { selectPolicy = DOWN.selectPolicy, policies = DOWN.policies } = rules ?? {};
    if (selectPolicy === 'Disabled') return current;
    const limits = policies.map(({ type, value, periodSeconds }) => {
      const start = current + this.#changedWithin(periodSeconds, -1);
      return type === 'Pods' ? start - value : Math.floor(start * (1 - value / 100));
    });
    // The policy that goes furthest is the one with the smallest size.
    return selectPolicy === 'Min' ? Math.max(...limits) : Math.min(...limits);
  }
}
