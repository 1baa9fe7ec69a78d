import type { KubeObject } from '@portolan/shared';
import type { Shape } from './accept.ts';
import { groupVersion, type ServedResource } from './resource.ts';

/** How much of the object stands in a table's row (`includeObject`). */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** How the objects of one request are shown: as what, in which group-version, at what time (epoch ms). */
export interface Presentation {
  served: ServedResource;
  shape: Shape;
  include: IncludeObject;
  now: number;
}

/** The metadata of a list. */
export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

/** An object in the version the client asked for. */
export function versioned(object: KubeObject, { group, version, conversion }: ServedResource): KubeObject {
  const { kind, apiVersion: _stored, ...rest } = conversion?.fromStored(object) ?? object;
  return { kind: kind ?? '', apiVersion: groupVersion(group, version), ...rest };
}

function partial(object: KubeObject): Record<string, unknown> {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

function columnDefinitions({ served }: Presentation): Record<string, unknown>[] {
  return served.resource.columns.map(({ name, type, format = '', description, priority }) => ({
    name,
    type,
    format,
    description,
    priority,
  }));
}

/** A `meta.k8s.io/v1` Table; `columns` false leaves the definitions out, as later events of a watch do. */
export function table(
  objects: KubeObject[],
  metadata: ListMeta,
  presentation: Presentation,
  columns = true,
): Record<string, unknown> {
  const { served, include, now } = presentation;
  const rows = objects.map((object) => ({
    cells: served.resource.columns.map((column) => column.cell(object, now)),
    ...(include === 'Metadata' && { object: partial(object) }),
    ...(include === 'Object' && { object: versioned(object, served) }),
  }));
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns ? columnDefinitions(presentation) : null,
    rows,
  };
}

/** One object as the answer of a request. */
export function presentObject(object: KubeObject, presentation: Presentation): unknown {
  switch (presentation.shape) {
    case 'table':
      return table([object], { resourceVersion: object.metadata.resourceVersion }, presentation);
    case 'metadata':
      return partial(object);
    case 'object':
      return versioned(object, presentation.served);
  }
}

/** A list as the answer of a request; its items carry neither kind nor apiVersion. */
export function presentList(objects: KubeObject[], metadata: ListMeta, presentation: Presentation): unknown {
  const { served, shape } = presentation;
  switch (shape) {
    case 'table':
      return table(objects, metadata, presentation);
    case 'metadata': {
      const items = objects.map(partial);
      return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
    }
    case 'object': {
      const items = objects.map((object) => {
        const { kind: _kind, apiVersion: _version, ...rest } = served.conversion?.fromStored(object) ?? object;
        return rest;
      });
      const apiVersion = groupVersion(served.group, served.version);
      return { kind: `${served.resource.kind}List`, apiVersion, metadata, items };
    }
  }
}
