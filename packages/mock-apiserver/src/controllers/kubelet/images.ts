import { createHash } from 'node:crypto';
import type { Random } from '@portolan/shared';
import { between } from '../context.ts';
import type { Behaviour } from './behaviour.ts';

/** How one family of images behaves: the first row whose pattern matches counts. Times are simulated milliseconds. */
export interface ImageRule {
  pattern: RegExp;
  /** False for an image that no registry has. */
  exists: boolean;
  /** First pull on a node. */
  pullMs: readonly [number, number];
  /** Later pulls there, when only the manifest is asked for. */
  againMs: readonly [number, number];
  /** What its containers do, unless a pod or a command says otherwise; absent: what is usual for the image. */
  behaviour?: Behaviour;
}

/** An image as a node's status lists it. */
export interface NodeImage {
  names: string[];
  sizeBytes: number;
}

/** `redis` is `redis:latest`. */
export function withTag(image: string): string {
  return image.includes('@') || /:[^/:]+$/.test(image) ? image : `${image}:latest`;
}

/** Where an image comes from, spelt out: `docker.io/library/redis:latest`. */
export function canonicalName(image: string): string {
  const [first = '', ...rest] = withTag(image).split('/');
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  if (hasHost) return withTag(image);
  return rest.length === 0 ? `docker.io/library/${first}` : `docker.io/${[first, ...rest].join('/')}`;
}

const REFERENCE = /^[a-z0-9]+(?:[._:/-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/i;

/** Whether a text can name an image at all (`distribution/reference`): no capitals in its path, no spaces. */
export function isReference(image: string): boolean {
  const path = image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const local = path.includes('/') ? path.slice(path.indexOf('/')) : path;
  return REFERENCE.test(image) && local === local.toLowerCase();
}

/** What a registry would number an image with: `docker.io/library/redis@sha256:…`. */
export function imageDigest(image: string): string {
  const name = canonicalName(image);
  if (name.includes('@')) return name;
  return `${name.replace(/:[^/:]+$/, '')}@sha256:${createHash('sha256').update(name).digest('hex')}`;
}

/** An image's size in bytes: the same for the same name, between 20 and 220 MB. */
export function imageSize(image: string): number {
  let hash = 7;
  for (const letter of image) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  return 20_000_000 + (hash % 200_000_000);
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

  behaviour(image: string): Behaviour | undefined {
    return this.#rule(image).behaviour;
  }

  isPresent(node: string, image: string): boolean {
    return this.#held.get(node)?.has(withTag(image)) ?? false;
  }

  /** Milliseconds until this pull ends; the image is then there, if it exists. */
  pull(node: string, image: string): number {
    const rule = this.#rule(image);
    const range = this.isPresent(node, image) ? rule.againMs : rule.pullMs;
    if (rule.exists) this.hold(node, image);
    return between(this.#random, range);
  }

  /** The node has the image, however it came there. */
  hold(node: string, image: string): void {
    const held = this.#held.get(node) ?? new Set();
    this.#held.set(node, held);
    held.add(withTag(image));
  }

  /** What the node's status lists, the largest first, at most fifty as kubelets have it. */
  listed(node: string): NodeImage[] {
    return [...(this.#held.get(node) ?? [])]
      .map((image) => ({ names: [canonicalName(image)], sizeBytes: imageSize(image) }))
      .sort((a, b) => b.sizeBytes - a.sizeBytes)
      .slice(0, 50);
  }

  /** A node that is gone holds nothing. */
  forget(node: string): void {
    this.#held.delete(node);
  }

  #rule(image: string): ImageRule {
    const rule = this.#rules.find(({ pattern }) => pattern.test(image));
    if (!rule) throw new Error(`no rule says how the image ${image} behaves: end the table with one that matches all`);
    return rule;
  }
}
