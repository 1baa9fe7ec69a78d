import type { Random } from '../../random.ts';
import { between } from '../context.ts';

/** How one family of images behaves: the first row whose pattern matches counts. Times are simulated milliseconds. */
export interface ImageRule {
  pattern: RegExp;
  /** False for an image that no registry has. */
  exists: boolean;
  /** First pull on a node. */
  pullMs: readonly [number, number];
  /** Later pulls there, when only the manifest is asked for. */
  againMs: readonly [number, number];
}

/** `redis` is `redis:latest`. */
export function withTag(image: string): string {
  return image.includes('@') || /:[^/]+$/.test(image) ? image : `${image}:latest`;
}

/** Which images each node holds, and how long the next pull takes. */
export class ImageStore {
  readonly #rules: readonly ImageRule[];
  readonly #random: Random;
  readonly #held = new Map<string, Set<string>>();

  constructor(rules: readonly ImageRule[], random: Random) {
    this.#rules = rules;
    this.#random = random;
  }

  exists(image: string): boolean {
    return this.#rule(image).exists;
  }

  isPresent(node: string, image: string): boolean {
    return this.#held.get(node)?.has(withTag(image)) ?? false;
  }

  /** Milliseconds until this pull ends; the image is then there, if it exists. */
  pull(node: string, image: string): number {
    const rule = this.#rule(image);
    const range = this.isPresent(node, image) ? rule.againMs : rule.pullMs;
    if (rule.exists) this.#heldBy(node).add(withTag(image));
    return between(this.#random, range);
  }

  #heldBy(node: string): Set<string> {
    const held = this.#held.get(node) ?? new Set();
    this.#held.set(node, held);
    return held;
  }

  #rule(image: string): ImageRule {
    const rule = this.#rules.find(({ pattern }) => pattern.test(image));
    if (!rule) throw new Error(`no rule says how the image ${image} behaves: end the table with one that matches all`);
    return rule;
  }
}
