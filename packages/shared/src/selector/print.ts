import type { LabelSelector } from '../api/meta.ts';

const OPERATORS = { In: 'in', NotIn: 'notin' } as const;

type Expression = NonNullable<LabelSelector['matchExpressions']>[number];

function printExpression({ key, operator, values = [] }: Expression): string {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${OPERATORS[operator]} (${[...values].sort().join(',')})`;
}

/**
 * A label selector as kubectl prints one, `app=web,tier in (a)`: an expression stays one though a plain pair would say the same;
 * `<none>` where it is empty or absent (`metav1.FormatLabelSelector`).
 */
export function printSelector(selector: LabelSelector | null | undefined): string {
  const pairs = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  const expressions = (selector?.matchExpressions ?? []).map((one) => ({ key: one.key, text: printExpression(one) }));
  const parts = [...pairs, ...expressions].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  return parts.map(({ text }) => text).join(',') || '<none>';
}
