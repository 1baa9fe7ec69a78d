import type { ComponentStatus, KubeObject, Pod } from '@portolan/shared';
import type { Cause } from '../api-error.ts';
import type { Clock } from '../clock.ts';
import type { StoredResource } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import type { UserInfo } from './access/user.ts';
import type { AddressPool } from './address-pool.ts';
import type { TextRule } from './validation/names.ts';

/** What defaulting and validating may look at besides the object. */
export interface Admission {
  store: Store;
  addresses: AddressPool;
  /** The cluster's clock: its `now` stamps what is made. */
  clock: Clock;
}

/** What is looked at to make what is not kept. */
export interface Measures extends Admission {
  /** What a pod uses just now: cpu in millicores, memory in bytes; undefined for one that does not run. */
  usageOf(pod: Pod): { cpu: number; memory: number } | undefined;
  /** The parts of the control plane, and whether they answer. */
  componentStatuses(): ComponentStatus[];
}

/** A column of `kubectl get`; `priority` 1 shows only with `-o wide` (`metav1.TableColumnDefinition`). */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  format?: 'name';
  description: string;
  priority: 0 | 1;
  /** What stands in the cell, null where nothing does; `now` is epoch ms. */
  cell(object: KubeObject, now: number): string | number | boolean | null;
}

/** What may be done with a resource as a whole. */
export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** All of them, in the order of discovery. */
export const VERBS: Verb[] = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** From the version that objects are stored in to one that is served, and back. Neither changes what it is given. */
export interface Conversion {
  fromStored(object: KubeObject): KubeObject;
  toStored(object: KubeObject): KubeObject;
}

/** A resource whose objects are not kept but made when asked for. */
export interface VirtualResource {
  /** What there is to get and list. */
  list?(measures: Measures, namespace: string | undefined): KubeObject[];
  /** What a create answers; it keeps nothing. */
  create?(object: KubeObject, measures: Measures, user: UserInfo): KubeObject;
}

export type Subresource =
  | 'status'
  | 'scale'
  | 'eviction'
  | 'log'
  | 'binding'
  | 'finalize'
  | 'approval'
  | 'token'
  | 'ephemeralcontainers'
  | 'resize';

/** One row of the table of resources: all that the API says about a kind. */
export interface ApiResource extends StoredResource {
  versions: string[];
  singular: string;
  shortNames: string[];
  categories: string[];
  subresources: Subresource[];
  verbs: Verb[];
  /** How versions other than the stored one differ from it, by version; absent where only the name does. */
  conversions?: Record<string, Conversion>;
  /** The warning that goes with every answer (`APILifecycleDeprecated`). */
  deprecation?: string;
  /** The name of the CustomResourceDefinition that describes it; absent for what the API itself has. */
  definition?: string;
  /** Present where nothing is stored. */
  virtual?: VirtualResource;
  /** Fields that `fieldSelector` may name besides metadata.name and metadata.namespace. */
  fields: Record<string, (object: KubeObject) => string>;
  columns: Column[];
  /** True where an object without a spec is no object. */
  needsSpec: boolean;
  /** True where users' changes of annotations raise the generation, too (`PrepareForUpdate` in registry/apps/deployment). */
  annotationsAreIntent?: boolean;
  /** What a name must look like. */
  nameRule: TextRule;
  /** Fills in what the apiserver defaults, on the object about to be stored. */
  prepare?(object: KubeObject, previous: KubeObject | undefined, admission: Admission): void;
  /** Complaints about an object about to be stored; none when it may. */
  validate?(object: KubeObject, previous: KubeObject | undefined, admission: Admission): Cause[];
}

/** A resource as one group-version serves it; an alias serves another's objects with defaults of its own. */
export interface ServedResource {
  group: string;
  version: string;
  resource: ApiResource;
  alias: boolean;
  conversion?: Conversion | undefined;
  prepare: ApiResource['prepare'];
}

/** `apps/v1`, or `v1` for the core group. */
export function groupVersion(group: string, version: string): string {
  return group ? `${group}/${version}` : version;
}
