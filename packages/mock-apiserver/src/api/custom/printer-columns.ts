import type { CustomResourceColumn, CustomResourceVersion, Json } from '@portolan/shared';
import { ageColumn, nameColumn, since } from '../columns/column.ts';
import type { Column } from '../resource.ts';
import { jsonPath } from './json-path.ts';

type Cell = ReturnType<Column['cell']>;

/** A value as a column of its type shows it; null for one of another type (`cellForJSONValue`). */
function cellOf(type: CustomResourceColumn['type'], value: Json | undefined, now: number): Cell {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'string':
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value !== 'string' ? null : Number.isNaN(Date.parse(value)) ? '<invalid>' : since(value, now);
  }
}

function columnOf({ name, type, description, priority = 0, jsonPath: path }: CustomResourceColumn): Column {
  const find = jsonPath(path);
  return {
    name,
    type,
    description: description ?? `Custom resource definition column (in JSONPath format): ${path}`,
    priority: priority > 0 ? 1 : 0,
    cell: (object, now) => cellOf(type, find?.(object as unknown as Json)[0], now),
  };
}

/** The columns of a custom resource: its name and those of its definition, or its age where that names none (`tableconvertor.go`). */
export function printerColumns({ additionalPrinterColumns }: CustomResourceVersion): Column[] {
  return [nameColumn, ...(additionalPrinterColumns?.map(columnOf) ?? [ageColumn])];
}
