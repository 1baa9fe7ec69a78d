import { Digest } from '../digest.ts';
import type { Entity } from '../entity/entity.ts';

/**
 * The entity with a version made of its contents, sixteen hexadecimal digits: equal contents have equal versions, so that
 * what did not change is no change. For kinds whose own versions change when nothing does, or that have none.
 */
export function withContentVersion<E extends Entity>(entity: E): E {
  const digest = new Digest();
  digest.add(JSON.stringify({ ...entity, version: '' }), '');
  return { ...entity, version: digest.toString() };
}
