import type { FaultParam, Words } from '@portolan/shared';
import type { FaultValues } from './fault-values.ts';
import { type RequestScope, VERBS, type Verb } from './request-class.ts';

/** A text in both languages. */
export const text = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });

/** How long a fault lasts, in real seconds. */
export const SECONDS: FaultParam = {
  id: 'seconds',
  title: text('Ends after (0: when cleared)', '持续时间（0：直到清除）'),
  type: 'number',
  default: 0,
  min: 0,
  max: 3600,
  unit: 's',
};

/** A number with its bounds. */
export function number(
  id: string,
  title: Words,
  [value, min, max]: readonly [value: number, min: number, max: number],
  unit: Extract<FaultParam, { type: 'number' }>['unit'],
): FaultParam {
  return { id, title, type: 'number', default: value, min, max, unit };
}

/** One of some choices, the first by default. */
export function choice(id: string, title: Words, choices: readonly string[]): FaultParam {
  return { id, title, type: 'choice', default: choices[0] ?? '', choices };
}

/** How likely each request, or each line, is to meet the fault. */
export const PROBABILITY = number('probability', text('Probability', '概率'), [1, 0, 1], 'ratio');

/** Which requests a fault befalls: `verbs` are those that it can. */
export function scopeParams(verbs: readonly Verb[] = VERBS): FaultParam[] {
  const what: FaultParam[] =
    verbs.length > 1
      ? [{ id: 'verbs', title: text('Requests', '请求'), type: 'choices', default: verbs, choices: verbs }]
      : [];
  return [
    ...what,
    {
      id: 'resource',
      title: text('Resource, such as pods (empty: all)', '资源，如 pods（空：全部）'),
      type: 'text',
      default: '',
      maxLength: 63,
    },
    {
      id: 'userAgent',
      title: text('User agent contains (empty: all)', 'User-Agent 包含（空：全部）'),
      type: 'text',
      default: '',
      maxLength: 200,
    },
  ];
}

/** The scope that the parameters of `scopeParams` say. */
export function scopeOf(values: FaultValues, verbs: readonly Verb[] = VERBS): RequestScope {
  const chosen = verbs.length > 1 ? values.list('verbs') : verbs;
  return {
    verbs: verbs.filter((verb) => chosen.includes(verb)),
    resource: values.text('resource'),
    userAgent: values.text('userAgent'),
  };
}
