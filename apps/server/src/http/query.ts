import { findKind, KINDS, type Kind } from '@portolan/shared';
import type { Request } from 'express';
import { Problem } from './problem.ts';

/** The values of a repeated query parameter, also separated by commas; empty ones are left out. */
export function values(request: Request, name: string): string[] {
  const given = request.query[name];
  const list = Array.isArray(given) ? given : given === undefined ? [] : [given];
  return list.flatMap((one) => String(one).split(',')).filter((one) => one !== '');
}

/** The kinds named in the query; an unknown one is refused by name. */
export function kinds(request: Request): Kind[] {
  return values(request, 'kind').map(kindOf);
}

/** A kind by any name that kubectl takes for it. */
export function kindOf(name: string): Kind {
  const kind = findKind(name);
  if (kind === null) throw new Problem(400, `There is no kind "${name}"; there are ${KINDS.join(', ')}.`);
  return kind;
}
