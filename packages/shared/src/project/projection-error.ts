import type { KubeObject } from '../api/meta.ts';
import type { Kind } from '../entity/entity.ts';

/** Why an object could not be projected: it names the object and the field, and never holds what stood there. */
export class ProjectionError extends Error {
  readonly reason = 'malformed';
  readonly kind: Kind;
  readonly namespace: string;
  readonly objectName: string;
  readonly field: string;

  constructor(kind: Kind, object: unknown, field: string) {
    const { namespace, name } = nameOf(object);
    super(`${kind} ${namespace === '' ? '' : `${namespace}/`}${name || '(no name)'}: ${field} is missing or malformed`);
    this.name = 'ProjectionError';
    this.kind = kind;
    this.namespace = namespace;
    this.objectName = name;
    this.field = field;
  }
}

function nameOf(object: unknown): { namespace: string; name: string } {
  const metadata = (object as Partial<KubeObject> | null | undefined)?.metadata;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { namespace: text(metadata?.namespace), name: text(metadata?.name) };
}
