import { type EntityOf, type Kind, type LabelSelectorSummary, printSelector } from '@portolan/shared';
import type { ReactNode } from 'react';
import type { I18n } from '../../../i18n/i18n.tsx';
import { LabelChips } from '../../../views/label-chip.tsx';

/** What is said of an entity at a glance: name and value; null or an empty list is not said at all. */
export type Fact = readonly [name: string, value: ReactNode];

/** What facts are told by: the words, and the cluster's clock in epoch milliseconds. */
export interface Telling extends I18n {
  now: number;
}

/** The facts of each kind, in the order in which they are read. */
export type FactsOf = { [K in Kind]?: (entity: EntityOf<K>, telling: Telling) => readonly Fact[] };

/** An identifier or another word of the cluster's. */
export const mono = (value: ReactNode) => <span className="break-all font-mono text-12">{value}</span>;

/** Several of them, a line each, in their order. */
export const lines = (values: readonly string[]) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: equal lines may stand twice, and none has a state
  values.map((value, at) => <div key={`${at}/${value}`}>{mono(value)}</div>);

/** A label selector; `all` and `none` are the words for an empty one and for one that is absent. */
export function selectorFact(selector: LabelSelectorSummary | null, all: string, none: string): ReactNode {
  if (selector === null) return none;
  const { matchLabels, matchExpressions } = selector;
  if (matchExpressions.length > 0) return mono(printSelector(selector));
  return Object.keys(matchLabels).length === 0 ? all : <LabelChips labels={matchLabels} />;
}
