import type { Event, KubeObject, ObjectReference } from '@portolan/shared';
import type { Conversion } from '../resource.ts';

/** An event as events.k8s.io/v1 writes it; the older fields have `deprecated` before their names. */
interface EventV1 extends KubeObject {
  regarding?: ObjectReference;
  note?: string;
  reportingController?: string;
  deprecatedSource?: Event['source'];
  deprecatedFirstTimestamp?: string | null;
  deprecatedLastTimestamp?: string | null;
  deprecatedCount?: number;
  [same: string]: unknown;
}

/** The core name of each field that events.k8s.io calls otherwise (`pkg/apis/core/v1/conversion.go`). */
const NAMES: [core: keyof Event, events: keyof EventV1][] = [
  ['involvedObject', 'regarding'],
  ['message', 'note'],
  ['reportingComponent', 'reportingController'],
  ['source', 'deprecatedSource'],
  ['firstTimestamp', 'deprecatedFirstTimestamp'],
  ['lastTimestamp', 'deprecatedLastTimestamp'],
  ['count', 'deprecatedCount'],
];

function renamed(object: KubeObject, names: ReadonlyMap<string, string>): KubeObject {
  const fields = Object.entries(structuredClone(object)).map(([name, value]) => [names.get(name) ?? name, value]);
  return Object.fromEntries(fields) as KubeObject;
}

const toEvents = new Map<string, string>(NAMES.map(([core, events]) => [core, String(events)]));
const toCore = new Map<string, string>(NAMES.map(([core, events]) => [String(events), core]));

/** events.k8s.io/v1 beside the core/v1 that is stored. */
export const eventsV1: Conversion = {
  fromStored: (object) => renamed(object, toEvents),
  toStored: (object) => renamed(object, toCore),
};
