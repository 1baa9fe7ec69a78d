import type { Tone } from '../mark.ts';

/** The values that a sentence needs, by the id of the headline. */
export interface HeadlineParams {
  nodesNotReady: { count: number; node: string; zone: string | null; inZone: number };
  podsFailing: { count: number; owner: string; reason: string; others: number };
  stalled: { count: number; name: string; updated: number; desired: number };
  rollingOut: { count: number; name: string; revision: number | null; updated: number; desired: number; ready: number };
  scaling: { count: number; name: string; desired: number; ready: number };
  replacing: { count: number; name: string; desired: number; ready: number };
  creating: { count: number; name: string; desired: number; ready: number };
  changing: { count: number; name: string };
  unavailable: { count: number; name: string; desired: number; available: number };
  podsNotReady: { count: number; pod: string };
  paused: { count: number; name: string };
  podsStarting: { count: number; pod: string };
  podsTerminating: { count: number; pod: string };
  nodesUnderPressure: { count: number; node: string };
  nodesCordoned: { count: number; node: string };
  healthy: { deployments: number; ready: number };
  podsReady: { ready: number; completed: number };
  noPods: { namespace: string | null };
}

/** The id of a headline: what is going on, in one word. */
export type HeadlineId = keyof HeadlineParams;

/** The verdict of a screen: a sentence as data, to be said in any language. */
export type Headline = {
  [I in HeadlineId]: { id: I; params: HeadlineParams[I]; tone: Tone };
}[HeadlineId];
