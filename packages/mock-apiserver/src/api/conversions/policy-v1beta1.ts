import type { KubeObject, LabelSelector, PodDisruptionBudget } from '@portolan/shared';
import type { Conversion } from '../resource.ts';

const KEY = 'pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match';

/** What an empty selector means in v1beta1, nothing, as v1 says it; and what it means in v1, everything, as v1beta1 does. */
const NOTHING_IN_V1: LabelSelector = { matchExpressions: [{ key: KEY, operator: 'Exists' }] };
const EVERYTHING_IN_BETA: LabelSelector = { matchExpressions: [{ key: KEY, operator: 'DoesNotExist' }] };

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector) =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

const says = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector, operator: string) =>
  Object.keys(matchLabels).length === 0 &&
  matchExpressions.length === 1 &&
  matchExpressions.every((one) => one.key === KEY && one.operator === operator);

const converted = (object: KubeObject, convert: (selector: LabelSelector) => LabelSelector): KubeObject => {
  const { spec } = object as PodDisruptionBudget;
  if (!spec?.selector) return object;
  return { ...object, spec: { ...spec, selector: convert(spec.selector) } } as KubeObject;
};

/** policy/v1beta1: an empty selector is for no pod, where in v1 it is for all (`pkg/apis/policy/v1beta1/conversion.go`). */
export const policyV1beta1: Conversion = {
  fromStored: (object) =>
    converted(object, (selector) =>
      isEmpty(selector) ? EVERYTHING_IN_BETA : says(selector, 'Exists') ? {} : selector,
    ),
  toStored: (object) =>
    converted(object, (selector) =>
      isEmpty(selector) ? NOTHING_IN_V1 : says(selector, 'DoesNotExist') ? {} : selector,
    ),
};
