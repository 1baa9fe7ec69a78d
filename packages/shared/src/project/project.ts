import type { KubeObject } from '../api/meta.ts';
import type { EntityOf, Kind } from '../entity/entity.ts';
import { kindRow } from '../kinds.ts';
import { ProjectionError } from './projection-error.ts';

/**
 * The entity of an object as it came from the API, in any version that its kind lists. What is not named in the entity
 * is dropped here and cannot leak later. Lists do not carry `kind`, hence the argument. Throws a ProjectionError, which
 * names the object but quotes nothing of it.
 */
export function project<K extends Kind>(kind: K, object: KubeObject): EntityOf<K> {
  try {
    return kindRow(kind).project(object);
  } catch (error) {
    if (error instanceof ProjectionError) throw error;
    // The error is not passed on: what the engine says of a value may quote it.
    throw new ProjectionError(kind, object, 'spec or status');
  }
}
