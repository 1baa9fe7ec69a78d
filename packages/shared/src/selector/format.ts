import type { Requirement, Selector } from './selector.ts';

/** A selector as `kubectl -l` takes it; `<none>` for one that matches nothing, `` for one that matches everything. */
export function formatSelector(selector: Selector): string {
  return selector.nothing ? '<none>' : selector.requirements.map(formatRequirement).join(',');
}

/** One requirement: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<2`. */
export function formatRequirement({ key, operator, values }: Requirement): string {
  const [first = ''] = values;
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${first}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${first}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${first}`;
    case 'Lt':
      return `${key}<${first}`;
  }
}
