import type { Entity, EntityOf, Kind } from '../entity/entity.ts';
import { humanDuration } from '../print/duration.ts';
import { formatSelector } from '../selector/format.ts';
import { fromMap, type Labels } from '../selector/selector.ts';

/** A column of `kubectl get -o wide`: its heading, and what it prints of an entity; `now` is the cluster's clock in epoch ms. */
export interface EntityColumn<E extends Entity = Entity> {
  title: string;
  cell(entity: E, now: number): string;
  /** The number that orders upwards, where the printed texts do not; a text that changes with the time alone needs one. */
  orderBy?(entity: E): number;
}

/** The columns of one kind. */
export type ColumnsOf<K extends Kind> = readonly EntityColumn<EntityOf<K>>[];

/** What kubectl prints of what is not there. */
export const NONE = '<none>';
/** What kubectl prints of what nobody has told. */
export const UNKNOWN = '<unknown>';
/** What kubectl prints of what was not asked for. */
export const UNSET = '<unset>';

/** A column that prints a text, a number, or what stands for none of them. */
export function column<E extends Entity>(
  title: string,
  value: (entity: E) => string | number | null,
  none = NONE,
): EntityColumn<E> {
  return { title, cell: (entity) => String(value(entity) ?? none) };
}

/** First where objects of all namespaces stand, as with `kubectl get -A`. */
export const NAMESPACE: EntityColumn = { title: 'NAMESPACE', cell: ({ namespace }) => namespace };

export const NAME: EntityColumn = { title: 'NAME', cell: ({ name }) => name };

/** The youngest first, as far as it is told when it was created. */
export const AGE: EntityColumn = {
  title: 'AGE',
  cell: ({ created }, now) => humanDuration(now - created),
  orderBy: ({ created }) => -created,
};

export const IMAGES: EntityColumn<Extract<Entity, { images: string[] }>> = {
  title: 'IMAGES',
  cell: ({ images }) => images.join(','),
};

/** A plain selector as kubectl prints one. */
export function printMap(map: Labels | null): string {
  return (map && formatSelector(fromMap(map))) || NONE;
}

/** At most three of them, then how many more. */
export function firstFew(items: readonly (string | number)[], none: string): string {
  if (items.length === 0) return none;
  const shown = items.slice(0, 3).join(',');
  return items.length > 3 ? `${shown} + ${items.length - 3} more...` : shown;
}
