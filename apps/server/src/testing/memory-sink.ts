import type { Entity } from '@portolan/shared';

/** A sink that remembers, and counts its commits. */
export class MemorySink {
  readonly held = new Map<string, Entity>();
  commits = 0;
  /** Of each commit of one object, what became of it, in order. */
  readonly told: string[] = [];
  /** Of each replacement, whether it was told to compare by content. */
  readonly replacements: boolean[] = [];

  get size(): number {
    return this.held.size;
  }

  entities(): Iterable<Entity> {
    return this.held.values();
  }

  upsert(entity: Entity): void {
    this.commits++;
    this.told.push(`${entity.uid} is at ${entity.version}`);
    this.held.set(entity.uid, entity);
  }

  remove(uid: string): void {
    this.commits++;
    this.told.push(`${uid} is gone`);
    this.held.delete(uid);
  }

  replace(entities: readonly Entity[], { fresh = false }: { fresh?: boolean } = {}): void {
    this.commits++;
    this.replacements.push(fresh);
    this.held.clear();
    for (const entity of entities) this.held.set(entity.uid, entity);
  }

  replacing(entities: readonly Entity[], options?: { fresh?: boolean }) {
    return { prepare: () => false, commit: () => this.replace(entities, options) };
  }

  names(): string[] {
    return [...this.held.values()].map((entity) => entity.name).sort();
  }

  versions(): Record<string, string> {
    return Object.fromEntries([...this.held.values()].map((entity) => [entity.name, entity.version]));
  }
}
