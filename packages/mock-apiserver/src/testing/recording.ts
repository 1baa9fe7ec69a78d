import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { KubeObject } from '@portolan/shared';

/** A write as a watch told it: of a recording of a real control plane, or of a store. */
export interface Told<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
}

/** What a real control plane went through, by the plural of the resource, and when (ms) which action was done to it. */
export interface Recording {
  marks: { t: number; action: string }[];
  told: Map<string, (Told & { t: number })[]>;
}

type Line =
  | { t: number; mark: string }
  | { t: number; resource: string; list: unknown }
  | { t: number; resource: string; event: { type: Told['type'] | 'BOOKMARK'; object: KubeObject } };

const FIXTURE = new URL('../../../shared/fixtures/guestbook-1.20.2.ndjson.gz', import.meta.url);

/** Reads the recording of a guestbook's life under Kubernetes 1.20.2 with hollow kubelets. */
export function readRecording(): Recording {
  const recording: Recording = { marks: [], told: new Map() };
  for (const text of gunzipSync(readFileSync(FIXTURE)).toString('utf8').split('\n')) {
    if (text === '') continue;
    const line = JSON.parse(text) as Line;
    if ('mark' in line) recording.marks.push({ t: line.t, action: line.mark });
    if (!('event' in line) || line.event.type === 'BOOKMARK') continue;
    const told = recording.told.get(line.resource) ?? [];
    recording.told.set(line.resource, told);
    told.push({ t: line.t, type: line.event.type, object: line.event.object });
  }
  return recording;
}
