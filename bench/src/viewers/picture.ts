import { Digest, decodeColumns, type MessageData } from '@portolan/shared';
import type { Sink } from '../../../apps/web/src/stream/ports.ts';

/** The least that a page must hold to be held to the truth: the version of every entity. */
export class Picture implements Sink {
  changes = 0;
  #shown = new Versions();
  #filling: Versions | null = null;

  get size(): number {
    return this.#shown.size;
  }

  restart(): void {
    this.#filling = new Versions();
  }

  part({ kind, count, columns }: MessageData<'snapshot'>): Iterable<void> {
    this.#filling ??= new Versions();
    for (const { uid, version } of decodeColumns(kind, count, columns)) this.#filling.put(uid, version);
    return [];
  }

  change({ upserts, removes }: MessageData<'change'>): void {
    const into = this.#filling ?? this.#shown;
    for (const { uid } of removes) into.drop(uid);
    for (const { uid, version } of upserts) into.put(uid, version);
    this.changes += upserts.length + removes.length;
  }

  commit(): void {
    if (this.#filling === null) return;
    this.#shown = this.#filling;
    this.#filling = null;
  }

  sources(): void {
    // What the sources say is not part of the picture's digest.
  }

  serverTime(): void {
    // Nothing here shows an age.
  }

  digest(): string {
    return this.#shown.digest.toString();
  }
}

class Versions {
  readonly digest = new Digest();
  #versions = new Map<string, string>();

  get size(): number {
    return this.#versions.size;
  }

  put(uid: string, version: string): void {
    this.drop(uid);
    this.#versions.set(uid, version);
    this.digest.add(uid, version);
  }

  drop(uid: string): void {
    const version = this.#versions.get(uid);
    if (version === undefined) return;
    this.#versions.delete(uid);
    this.digest.remove(uid, version);
  }
}
