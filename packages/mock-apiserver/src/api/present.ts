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
export function versioned(object: KubeObject, { group, version, conversion, resource }: ServedResource): KubeObject {
  const { kind: _kind, apiVersion: _stored, ...rest } = conversion?.fromStored(object) ?? object;
  return { kind: resource.kind, apiVersion: groupVersion(group, version), ...rest };
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

function tableRow(object: KubeObject, { served, include, now }: Presentation): Record<string, unknown> {
  return {
    cells: served.resource.columns.map((column) => column.cell(object, now)),
    ...(include === 'Metadata' && { object: partial(object) }),
    ...(include === 'Object' && { object: versioned(object, served) }),
  };
}

/** A `meta.k8s.io/v1` Table; `columns` false leaves the definitions out, as later events of a watch do. */
export function table(
  objects: KubeObject[],
  metadata: ListMeta,
  presentation: Presentation,
  columns = true,
): Record<string, unknown> {
  const rows = objects.map((object) => tableRow(object, presentation));
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

/** What surrounds the objects of a list, and the name of the field that they stand in. */
export interface ListFrame {
  head: Record<string, unknown>;
  field: 'items' | 'rows';
}

/** The frame of a list. */
export function listFrame(metadata: ListMeta, presentation: Presentation): ListFrame {
  const { served, shape } = presentation;
  switch (shape) {
    case 'table': {
      const { rows: _rows, ...head } = table([], metadata, presentation);
      return { head, field: 'rows' };
    }
    case 'metadata':
      return { head: { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata }, field: 'items' };
    case 'object': {
      const apiVersion = groupVersion(served.group, served.version);
      return { head: { kind: `${served.resource.kind}List`, apiVersion, metadata }, field: 'items' };
    }
  }
}

/** One object as it stands in a list: an item carries neither kind nor apiVersion. */
export function listItem(object: KubeObject, presentation: Presentation): unknown {
  switch (presentation.shape) {
    case 'table':
      return tableRow(object, presentation);
    case 'metadata':
      return partial(object);
    case 'object': {
      const { kind: _kind, apiVersion: _version, ...item } = object;
      return item;
    }
  }
}

/** A list as the answer of a request. */
export function presentList(objects: KubeObject[], metadata: ListMeta, presentation: Presentation): unknown {
  const { head, field } = listFrame(metadata, presentation);
  return { ...head, [field]: objects.map((object) => listItem(object, presentation)) };
}
