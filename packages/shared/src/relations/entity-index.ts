import { Digest } from '../digest.ts';
import { type Entity, KINDS, type Kind } from '../entity/entity.ts';
import type { Counts } from '../protocol.ts';
import { Slots } from './slots.ts';

/** The entities of one kind in one namespace. */
interface Place {
  bySlot: Map<number, Entity>;
  /** Made when a name is first asked for: of most kinds none ever is. Several slots where names are shared for a while. */
  byName: Map<string, number | number[]> | null;
}

const NONE: ReadonlyMap<number, Entity> = new Map();

/**
 * Entities by uid, by kind, by kind and namespace, and by name, with their digest. A uid has a slot from when it is first
 * spoken of, by its entity or by another, until nobody does and `slots` are swept.
 */
export class EntityIndex {
  readonly slots = new Slots();
  #entities: (Entity | undefined)[] = [];
  #size = 0;
  #byKind = new Map<Kind, Map<number, Entity>>();
  #places = new Map<Kind, Map<string, Place>>();
  #digest = new Digest();

  /** Takes an entity in, in place of the one with its uid, and answers its slot. `known` is that of its uid, 0 for none. */
  put(entity: Entity, known: number): number {
    const { kind, namespace, name } = entity;
    const before = this.#entities[known];
    const stays = before?.kind === kind && before.namespace === namespace && before.name === name;
    if (stays) this.#digest.remove(before.uid, before.version);
    else this.remove(known);
    const place = this.#placeOf(kind, namespace);
    const slot = stays ? known : this.#enter(entity, known, place);
    this.#entities[slot] = entity;
    inner(this.#byKind, kind, newMap<number, Entity>).set(slot, entity);
    place.bySlot.set(slot, entity);
    this.#digest.add(entity.uid, entity.version);
    return slot;
  }

  #enter({ uid, name }: Entity, known: number, { byName }: Place): number {
    const slot = this.slots.holdAt(known, uid);
    // An array that is written to beyond its end becomes a table.
    while (this.#entities.length <= slot) this.#entities.push(undefined);
    this.#size += 1;
    if (byName !== null) enterName(byName, name, slot);
    return slot;
  }

  /** Takes the entity of a slot out. */
  remove(slot: number): void {
    const entity = this.#entities[slot];
    if (entity === undefined) return;
    this.#entities[slot] = undefined;
    this.#size -= 1;
    this.#byKind.get(entity.kind)?.delete(slot);
    const { bySlot, byName } = this.#placeOf(entity.kind, entity.namespace);
    bySlot.delete(slot);
    if (byName !== null) leaveName(byName, entity.name, slot);
    if (bySlot.size === 0) this.#places.get(entity.kind)?.delete(entity.namespace);
    this.#digest.remove(entity.uid, entity.version);
    this.slots.release(slot);
  }

  /** The entity of a slot; undefined where it is not there. */
  at(slot: number): Entity | undefined {
    return this.#entities[slot];
  }

  get(uid: string): Entity | undefined {
    return this.#entities[this.slots.of(uid)];
  }

  /** All of a kind, by slot, in the order in which they came; may change while it is gone through. */
  all(kind: Kind): ReadonlyMap<number, Entity> {
    return this.#byKind.get(kind) ?? NONE;
  }

  /** Those of a kind in one namespace, as `all`. */
  inNamespace(kind: Kind, namespace: string): ReadonlyMap<number, Entity> {
    return this.#places.get(kind)?.get(namespace)?.bySlot ?? NONE;
  }

  /** The slots of a name; the last came last. More than one only until a predecessor is taken out. */
  named(kind: Kind, namespace: string, name: string): readonly number[] {
    const place = this.#places.get(kind)?.get(namespace);
    if (place === undefined) return [];
    if (place.byName === null) {
      place.byName = new Map();
      for (const [slot, entity] of place.bySlot) enterName(place.byName, entity.name, slot);
    }
    const slots = place.byName.get(name) ?? [];
    return typeof slots === 'number' ? [slots] : slots;
  }

  get size(): number {
    return this.#size;
  }

  counts(): Counts {
    const counts: Counts = {};
    for (const kind of KINDS) if (this.#byKind.has(kind)) counts[kind] = this.all(kind).size;
    return counts;
  }

  digest(): string {
    return this.#digest.toString();
  }

  #placeOf(kind: Kind, namespace: string): Place {
    return inner(inner(this.#places, kind, newMap<string, Place>), namespace, newPlace);
  }
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

function newPlace(): Place {
  return { bySlot: new Map(), byName: null };
}

function enterName(byName: Map<string, number | number[]>, name: string, slot: number): void {
  const slots = byName.get(name);
  if (slots === undefined) byName.set(name, slot);
  else if (typeof slots === 'number') byName.set(name, [slots, slot]);
  else slots.push(slot);
}

function leaveName(byName: Map<string, number | number[]>, name: string, slot: number): void {
  const slots = byName.get(name);
  if (slots === slot) byName.delete(name);
  if (!Array.isArray(slots)) return;
  slots.splice(slots.indexOf(slot), 1);
  if (slots.length === 1) byName.set(name, slots[0] as number);
}

function inner<K, V>(outer: Map<K, V>, key: K, make: () => V): V {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = make();
  outer.set(key, made);
  return made;
}
