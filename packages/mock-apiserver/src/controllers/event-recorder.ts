import type { Event, KubeObject, ObjectReference } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { ObjectRef } from '../store/kinds.ts';
import type { Store } from '../store/store.ts';
import { toMicroTime, toTime } from '../time.ts';
import { EventCorrelator, Recent } from './event-correlator.ts';

/** What happened to an object, in kubectl's wording. */
export interface Happening {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  fieldPath?: string;
}

/** Who says so; `modern` is the scheduler's style (events.k8s.io): eventTime and reportingComponent. */
export interface EventSource {
  component: string;
  host?: string;
  modern?: { action: string };
}

/** How long an event is kept after its last write, in simulated time (the apiserver's `--event-ttl`). */
const KEPT_MS = 3_600_000;
const SWEEP_MS = KEPT_MS / 12;

const refKey = ({ namespace, name }: ObjectRef) => `${namespace ?? ''}/${name}`;

/** Writes Events; the same one again raises its count, many alike become one, and each goes an hour after its last write. */
export class EventRecorder {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #correlator: EventCorrelator;
  /** The event that an utterance's repetition counts for. */
  readonly #told = new Recent<ObjectRef>();
  /** When each event was last written, on the clock's simulated time, oldest first. */
  readonly #written = new Map<string, number>();
  #serial = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#correlator = new EventCorrelator(clock);
    for (const event of store.list('events')) this.#written.set(refKey(event.metadata), clock.elapsed());
    store.watch('events', store.version, ({ type, object }) => {
      const key = refKey(object.metadata);
      this.#written.delete(key);
      if (type !== 'DELETED') this.#written.set(key, clock.elapsed());
    });
    const sweep = () => {
      this.#sweep();
      clock.after(SWEEP_MS, sweep);
    };
    clock.after(KEPT_MS, sweep);
  }

  record(object: KubeObject, source: EventSource, happening: Happening): void {
    const { name, uid, resourceVersion } = object.metadata;
    // Events of what has no namespace live in `default`.
    const namespace = object.metadata.namespace ?? 'default';
    const { type, reason, fieldPath } = happening;
    const involvedObject: ObjectReference = {
      ...(object.kind && { kind: object.kind }),
      ...(object.metadata.namespace && { namespace }),
      name,
      uid,
      ...(object.apiVersion && { apiVersion: object.apiVersion }),
      resourceVersion,
      ...(fieldPath && { fieldPath }),
    };
    const utterance = {
      source: `${source.component} ${source.host ?? ''}`,
      object: `${object.kind} ${namespace}/${name} ${uid}`,
      type,
      reason,
      message: happening.message,
      field: fieldPath ?? '',
    };
    // The modern style takes an object that changed meanwhile for another, and cuts nothing short (client-go `tools/events`).
    const correlated = source.modern
      ? { key: [...Object.values(utterance), resourceVersion].join('\n'), message: utterance.message }
      : this.#correlator.correlate(utterance);
    if (!correlated) return;
    const { message } = correlated;
    if (this.#again(correlated.key, message, source)) return;
    const created = this.#store.create('events', {
      metadata: { name: `${name}.${this.#newId()}`, namespace },
      involvedObject,
      reason,
      message,
      type,
      ...this.#style(source),
    });
    this.#told.set(correlated.key, { namespace, name: created.metadata.name });
  }

  /** Raises the count of the event that said the same before; false where there is none any more. */
  #again(key: string, message: string, source: EventSource): boolean {
    const ref = this.#told.get(key);
    if (!ref || !this.#store.get('events', ref)) return false;
    const now = this.#clock.now();
    this.#store.update('events', ref, (event) => {
      if (source.modern) {
        event.series = { count: (event.series?.count ?? 1) + 1, lastObservedTime: toMicroTime(now) };
        return event;
      }
      event.count = (event.count ?? 1) + 1;
      event.lastTimestamp = toTime(now);
      event.message = message;
      return event;
    });
    return true;
  }

  #style(source: EventSource): Partial<Event> {
    const now = this.#clock.now();
    if (source.modern) {
      return {
        source: {},
        firstTimestamp: null,
        lastTimestamp: null,
        eventTime: toMicroTime(now),
        action: source.modern.action,
        reportingComponent: source.component,
        reportingInstance: `${source.component}-portolan`,
      };
    }
    return {
      source: { component: source.component, ...(source.host && { host: source.host }) },
      firstTimestamp: toTime(now),
      lastTimestamp: toTime(now),
      count: 1,
      eventTime: null,
      reportingComponent: source.component,
      reportingInstance: source.host ?? '',
    };
  }

  #newId(): string {
    this.#serial += 1;
    return (BigInt(this.#clock.now()) * 1_000_000n + BigInt(this.#serial)).toString(16);
  }

  #sweep(): void {
    const limit = this.#clock.elapsed() - KEPT_MS;
    for (const [key, at] of this.#written) {
      if (at > limit) return;
      const [namespace, name = ''] = key.split('/', 2);
      this.#store.delete('events', { namespace: namespace || undefined, name });
    }
  }
}
