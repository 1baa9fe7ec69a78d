import type { PodEntity } from '@portolan/shared';
import type { GraphReader } from '../layout/graph-reader.ts';
import type { Measure } from '../layout/metrics.ts';
import type { ChartTexts } from './chart-texts.ts';
import { type TextSpec, textMaker } from './fit-text.ts';
import type { TextPart } from './shape.ts';

/** What every drawing function of a scene is given. */
export interface Context {
  graph: GraphReader;
  texts: ChartTexts;
  measure: Measure;
  /** The uid of what is selected, or null. */
  selected: string | null;
  text: (key: string, text: string, spec: TextSpec) => TextPart;
}

/** A context for one scene. */
export function createContext(base: Omit<Context, 'text'>): Context {
  return { ...base, text: textMaker(base.measure) };
}

/** The pods of these uids that the graph holds. */
export function podsOf(graph: GraphReader, uids: Iterable<string>): PodEntity[] {
  const pods: PodEntity[] = [];
  for (const uid of uids) {
    const entity = graph.get(uid);
    if (entity?.kind === 'Pod') pods.push(entity);
  }
  return pods;
}
