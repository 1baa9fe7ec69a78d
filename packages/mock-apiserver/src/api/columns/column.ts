import { humanDuration, type KubeObject } from '@portolan/shared';
import type { Column } from '../resource.ts';

type Cell<T extends KubeObject> = (object: T, now: number) => string | number | boolean;

const described = (name: string) => `${name} of the object`;

/** A text column of a kind. */
export function text<T extends KubeObject>(name: string, cell: Cell<T>, priority: 0 | 1 = 0): Column {
  return {
    name,
    type: 'string',
    description: described(name),
    priority,
    cell: (object, now) => cell(object as T, now),
  };
}

/** A column of whole numbers. */
export function integer<T extends KubeObject>(name: string, cell: Cell<T>, priority: 0 | 1 = 0): Column {
  return { ...text(name, cell, priority), type: 'integer' };
}

/** A column of truths. */
export function boolean<T extends KubeObject>(name: string, cell: Cell<T>, priority: 0 | 1 = 0): Column {
  return { ...text(name, cell, priority), type: 'boolean' };
}

export const nameColumn: Column = {
  ...text('Name', ({ metadata }) => metadata.name),
  format: 'name',
  description: 'Name must be unique within a namespace.',
};

/** Time since `time`, as kubectl prints ages. */
export function since(time: string | null | undefined, now: number): string {
  return time ? humanDuration(now - Date.parse(time)) : '<unknown>';
}

export const ageColumn: Column = text('Age', ({ metadata }, now) => since(metadata.creationTimestamp, now));

/** What kinds without columns of their own show (apiserver `registry/rest/table.go`). */
export const createdAtColumns: Column[] = [
  nameColumn,
  { ...text('Created At', ({ metadata }) => metadata.creationTimestamp), type: 'date' },
];
