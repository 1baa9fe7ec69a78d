import { setTimeout as wait } from 'node:timers/promises';
import { Digest, type Entity } from '@portolan/shared';
import { compareTruth, inWords } from '../truth/compare-truth.ts';
import { type GetJson, readTruth } from '../truth/read-truth.ts';
import type { BrowserEnd } from './browser-end.ts';

/** Both ends of Portolan, beside the apiserver's own lists. */
export interface Ends {
  get: GetJson;
  /** `GET …/entities`. */
  entities: () => Promise<Entity[]>;
  browser: BrowserEnd;
}

/**
 * Looks until the server's entities and the browser's are what the apiserver lists, by content, and the digest that the
 * browser keeps is that of the list. A cluster is never quite still, so each look takes all three anew. Resolves to the
 * milliseconds it took; throws with the last look's differences, in words, after `patienceMs`.
 */
export async function converged({ get, entities, browser }: Ends, patienceMs: number): Promise<number> {
  const since = Date.now();
  for (;;) {
    const left = since + patienceMs - Date.now();
    const problems = await look();
    if (problems.length === 0) return Date.now() - since;
    if (left <= 0) throw new Error(`after ${patienceMs} ms:\n${problems.slice(0, 20).join('\n')}`);
    await wait(250);
  }

  async function look(): Promise<string[]> {
    const problems: string[] = [];
    try {
      const truth = await readTruth(get);
      const served = await entities();
      const { entities: shown, digest } = browser.picture();
      const held = [...truth.values()].flatMap((kind) => [...(kind?.values() ?? [])]);
      for (const difference of compareTruth(truth, served)) problems.push(`server: ${inWords(difference)}`);
      for (const difference of compareTruth(truth, shown)) problems.push(`browser: ${inWords(difference)}`);
      if (digest !== digestOf(held)) problems.push(`browser: the digest is ${digest}, of the lists ${digestOf(held)}`);
      if (!browser.live) problems.push(`browser: the stream is ${browser.stream.status.connection.state}`);
    } catch (error) {
      problems.push(`a look failed: ${String(error)}`);
    }
    return problems;
  }
}

function digestOf(entities: Iterable<Entity>): string {
  const digest = new Digest();
  for (const { uid, version } of entities) digest.add(uid, version);
  return digest.toString();
}
