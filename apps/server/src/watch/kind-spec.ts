import type { KindRow } from '@portolan/shared';

/** What the reflector must know of a kind: a part of its row in the table of kinds. */
export type KindSpec = Pick<
  KindRow,
  'kind' | 'group' | 'versions' | 'plural' | 'namespaced' | 'required' | 'instead' | 'read'
>;
