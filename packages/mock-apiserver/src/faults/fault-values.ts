import type { FaultParam, FaultParams } from '@portolan/shared';
import { FaultError } from './faults.ts';

/** The values of one fault's parameters, checked: a number, a text or a list of choices by id. */
export interface FaultValues {
  number(id: string): number;
  text(id: string): string;
  list(id: string): readonly string[];
}

const badParam = (kind: string, id: string, value: unknown, mend: string) =>
  new FaultError('badParam', `fault "${kind}" cannot have ${id} ${JSON.stringify(value)}: ${mend}`);

/** How many choices a message names. */
const MOST_NAMED = 20;

function listOf(choices: readonly string[]): string {
  if (choices.length === 0) return 'nothing: there is none';
  const more = choices.length > MOST_NAMED ? ` and ${choices.length - MOST_NAMED} more` : '';
  return `${choices.slice(0, MOST_NAMED).join(', ')}${more}`;
}

function check(kind: string, param: FaultParam, value: unknown): number | string | readonly string[] {
  const { id } = param;
  switch (param.type) {
    case 'number': {
      const { min, max, unit } = param;
      const fits = typeof value === 'number' && value >= min && value <= max;
      if (fits && (unit === 'ratio' || Number.isInteger(value))) return value;
      throw badParam(
        kind,
        id,
        value,
        `give a ${unit === 'ratio' ? '' : 'whole '}number from ${min} to ${max} (${unit})`,
      );
    }
    case 'choice':
      if (typeof value === 'string' && param.choices.includes(value)) return value;
      throw badParam(kind, id, value, `choose one of ${listOf(param.choices)}`);
    case 'choices': {
      const chosen: unknown[] = Array.isArray(value) ? value : [];
      const known = chosen.filter((one): one is string => typeof one === 'string' && param.choices.includes(one));
      if (known.length > 0 && known.length === chosen.length) return known;
      throw badParam(kind, id, value, `choose at least one of ${listOf(param.choices)}`);
    }
    case 'text':
      if (typeof value === 'string' && value.length <= param.maxLength) return value;
      throw badParam(kind, id, value, `give a text of at most ${param.maxLength} characters`);
  }
}

/** Every parameter with what was given or its default. Throws FaultError badParam, naming the value and the mend. */
export function resolveParams(kind: string, params: readonly FaultParam[], given: FaultParams): FaultParams {
  for (const id of Object.keys(given)) {
    if (params.some((param) => param.id === id)) continue;
    const known = params.map((param) => param.id);
    throw badParam(kind, id, given[id], `it takes ${listOf(known)}`);
  }
  return Object.fromEntries(params.map((param) => [param.id, check(kind, param, given[param.id] ?? param.default)]));
}

/** Reads resolved parameters by type; one that the row does not declare is a mistake of the table. */
export function valuesOf(params: FaultParams): FaultValues {
  const need = <T>(id: string, is: (value: unknown) => value is T): T => {
    const value: unknown = params[id];
    if (!is(value)) throw new Error(`a fault reads ${id}, which its row does not declare so`);
    return value;
  };
  return {
    number: (id) => need(id, (value) => typeof value === 'number'),
    text: (id) => need(id, (value) => typeof value === 'string'),
    list: (id) => need(id, (value): value is readonly string[] => Array.isArray(value)),
  };
}
