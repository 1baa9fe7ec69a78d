import type { KubeObject } from '@portolan/shared';
import type { StoreEvent } from '../store/history.ts';
import { type Presentation, presentObject, table } from './present.ts';
import { groupVersion } from './resource.ts';

/** What a watch is to say: of a write, of what stands, or of nothing but a version. */
export interface Told {
  type: StoreEvent['type'] | 'BOOKMARK';
  object: KubeObject;
  /** The write it comes from. */
  event?: StoreEvent;
}

/** The lines of the write that is being told: watchers that show it alike share one text. */
let told: { event: StoreEvent; lines: Map<string, string> } | undefined;

function linesOf(event: StoreEvent): Map<string, string> {
  if (told?.event !== event) told = { event, lines: new Map() };
  return told.lines;
}

/** Turns what one watch is told into lines; a table's columns stand only in its first. */
export class WatchLines {
  readonly #presentation: Presentation;
  readonly #now: () => number;
  readonly #variant: string;
  #columns = true;

  /** `now` gives the time at which ages are counted, in epoch ms. */
  constructor(presentation: Presentation, now: () => number) {
    const { served, shape } = presentation;
    this.#presentation = presentation;
    this.#now = now;
    this.#variant = `${shape} ${groupVersion(served.group, served.version)}`;
  }

  of({ type, object, event }: Told): string {
    if (this.#presentation.shape === 'table') return this.#tableLine(type, object);
    if (!event) return this.#line(type, object);
    const lines = linesOf(event);
    const key = `${type} ${object === event.object} ${this.#variant}`;
    const known = lines.get(key);
    if (known !== undefined) return known;
    const line = this.#line(type, object);
    lines.set(key, line);
    return line;
  }

  #line(type: string, object: KubeObject): string {
    return `${JSON.stringify({ type, object: presentObject(object, this.#presentation) })}\n`;
  }

  #tableLine(type: string, object: KubeObject): string {
    const presentation = { ...this.#presentation, now: this.#now() };
    const { resourceVersion } = object.metadata;
    const body = table(type === 'BOOKMARK' ? [] : [object], { resourceVersion }, presentation, this.#columns);
    this.#columns = false;
    return `${JSON.stringify({ type, object: body })}\n`;
  }
}
