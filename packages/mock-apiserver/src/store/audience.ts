import type { KubeObject } from '@portolan/shared';
import { refKey } from './collection.ts';
import type { StoreEvent } from './history.ts';
import { type Index, indexOf } from './indices.ts';
import type { ObjectRef } from './kinds.ts';

/** Which writes of a resource a listener wants: all, those in a namespace, of one object, or under a value of an index. */
export type Scope =
  | { of: 'all' }
  | { of: 'namespace'; namespace: string }
  | { of: 'object'; ref: ObjectRef }
  | { of: 'index'; index: string; value: string };

/** Every write of a resource. */
export const ALL: Scope = { of: 'all' };

/** Whether a write touches a scope, before or after it. */
export function inScope(key: string, scope: Scope): (event: StoreEvent) => boolean {
  switch (scope.of) {
    case 'all':
      return () => true;
    case 'namespace':
      return ({ object }) => (object.metadata.namespace ?? '') === scope.namespace;
    case 'object':
      return ({ object }) => refKey(object.metadata) === refKey(scope.ref);
    case 'index': {
      const of = indexOf(key, scope.index);
      return ({ object, previous }) =>
        of(object).includes(scope.value) || (previous !== undefined && of(previous).includes(scope.value));
    }
  }
}

type Listener = (event: StoreEvent) => void;

interface Member {
  /** The version it knows already. */
  from: number;
  listener: Listener;
}

type Group = Set<Member>;

/**
 * Who listens to one resource. A write reaches those whose scope it touches, before or after it, without asking the
 * others: five thousand kubelets that each watch their node's pods cost no more than one.
 */
export class Audience {
  readonly #key: string;
  readonly #everything: Group = new Set();
  readonly #byNamespace = new Map<string, Group>();
  readonly #byObject = new Map<string, Group>();
  readonly #byIndex = new Map<string, { of: Index; groups: Map<string, Group> }>();

  /** `key` is the storage key, by which the indices are declared. */
  constructor(key: string) {
    this.#key = key;
  }

  /** Adds a listener for what comes after `from`; answers its end. */
  add(listener: Listener, from: number, scope: Scope): () => void {
    const member = { from, listener };
    switch (scope.of) {
      case 'all':
        this.#everything.add(member);
        return () => this.#everything.delete(member);
      case 'namespace':
        return join(this.#byNamespace, scope.namespace, member);
      case 'object':
        return join(this.#byObject, refKey(scope.ref), member);
      case 'index': {
        const known = this.#byIndex.get(scope.index);
        const audience = known ?? { of: indexOf(this.#key, scope.index), groups: new Map() };
        this.#byIndex.set(scope.index, audience);
        return join(audience.groups, scope.value, member);
      }
    }
  }

  /** Everybody knows no more than `version`, whatever they knew: the count of versions has gone back to it. */
  rewind(version: number): void {
    const groups = [this.#byNamespace, this.#byObject, ...[...this.#byIndex.values()].map((index) => index.groups)];
    for (const group of [this.#everything, ...groups.flatMap((byValue) => [...byValue.values()])]) {
      for (const member of group) member.from = Math.min(member.from, version);
    }
  }

  /**
   * Tells those whom a write concerns, in the order they came within each kind of scope; what one throws is handed to
   * `failed`, and the others are told all the same.
   */
  tell(event: StoreEvent, failed: (error: unknown) => void): void {
    const { object, previous } = event;
    tellGroup(this.#everything, event, failed);
    tellGroup(this.#byNamespace.get(object.metadata.namespace ?? ''), event, failed);
    if (this.#byObject.size > 0) tellGroup(this.#byObject.get(refKey(object.metadata)), event, failed);
    for (const { of, groups } of this.#byIndex.values()) {
      if (groups.size === 0) continue;
      for (const value of valuesOf(of, object, previous)) tellGroup(groups.get(value), event, failed);
    }
  }
}

function valuesOf(of: Index, object: KubeObject, previous: KubeObject | undefined): Iterable<string> {
  const values = of(object);
  return previous ? new Set([...values, ...of(previous)]) : values;
}

function join(groups: Map<string, Group>, value: string, member: Member): () => void {
  const group = groups.get(value) ?? new Set();
  groups.set(value, group.add(member));
  return () => {
    group.delete(member);
    if (group.size === 0 && groups.get(value) === group) groups.delete(value);
  };
}

function tellGroup(group: Group | undefined, event: StoreEvent, failed: (error: unknown) => void): void {
  if (!group) return;
  for (const { from, listener } of group) {
    if (event.version <= from) continue;
    try {
      listener(event);
    } catch (error) {
      failed(error);
    }
  }
}
