import { Numbers } from './numbers.ts';
import { ShardedMap } from './sharded-map.ts';

/**
 * A small number, its slot, for each text that is held, and for as long as it is; 0 is nobody's. What is known of many
 * texts can then stand in arrays. A slot that nobody holds any more keeps its text until the next `sweep`, lest within one
 * change a number should mean two things.
 */
export class Slots {
  #slots = new ShardedMap<number>();
  #texts: (string | null)[] = [null];
  #holds = new Numbers();
  #free: number[] = [];
  #left: number[] = [];
  /** What was last asked for: the same is often asked for again. */
  #recent = 0;

  /** The slot of a text; 0 when it has none. */
  of(text: string): number {
    if (this.#texts[this.#recent] === text) return this.#recent;
    const slot = this.#slots.get(text);
    if (slot === undefined) return 0;
    this.#recent = slot;
    return slot;
  }

  /** The text of a slot; an empty one when it has none. */
  text(slot: number): string {
    return this.#texts[slot] ?? '';
  }

  /** Holds a text once more, and answers its slot. */
  hold(text: string): number {
    return this.holdAt(this.of(text), text);
  }

  /** The same for who has just asked which slot a text has. */
  holdAt(known: number, text: string): number {
    const slot = known === 0 ? this.#enter(text) : known;
    this.#holds.set(slot, this.#holds.get(slot) + 1);
    return slot;
  }

  #enter(text: string): number {
    const slot = this.#free.pop() ?? this.#texts.length;
    this.#slots.set(text, slot);
    this.#texts[slot] = text;
    return slot;
  }

  /** Holds a slot once less; it must have been held. */
  release(slot: number): void {
    const holds = this.#holds.get(slot) - 1;
    this.#holds.set(slot, holds);
    if (holds === 0) this.#left.push(slot);
  }

  /** Frees the slots that nobody holds. */
  sweep(): void {
    for (const slot of this.#left) {
      const text = this.#texts[slot];
      // It may be held anew, or be here twice.
      if (this.#holds.get(slot) > 0 || typeof text !== 'string') continue;
      this.#slots.delete(text);
      this.#texts[slot] = null;
      this.#free.push(slot);
    }
    if (this.#left.length > 0) this.#left = [];
  }
}
