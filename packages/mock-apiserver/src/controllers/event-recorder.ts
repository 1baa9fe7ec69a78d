import type { Event, KubeObject, ObjectReference } from '@portolan/shared';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { toMicroTime, toTime } from '../time.ts';

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

const HOUR_MS = 3_600_000;

/** Writes Events; the same one again raises its count, and each goes an hour after it was last seen. */
export class EventRecorder {
  readonly #store: Store;
  readonly #clock: Clock;
  #serial = 0;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    const sweep = () => {
      this.#sweep();
      clock.after(HOUR_MS / 12, sweep);
    };
    clock.after(HOUR_MS, sweep);
  }

  record(object: KubeObject, source: EventSource, { type, reason, message, fieldPath }: Happening): void {
    const { name, uid, resourceVersion } = object.metadata;
    // Events of what has no namespace live in `default`.
    const namespace = object.metadata.namespace ?? 'default';
    const involvedObject: ObjectReference = {
      ...(object.kind && { kind: object.kind }),
      ...(object.metadata.namespace && { namespace }),
      name,
      uid,
      ...(object.apiVersion && { apiVersion: object.apiVersion }),
      resourceVersion,
      ...(fieldPath && { fieldPath }),
    };
    const now = this.#clock.now();
    const again = this.#store.list('events', namespace).find(
      (event) =>
        event.involvedObject.uid === uid &&
        event.reason === reason &&
        event.message === message &&
        // The modern style takes an object that changed meanwhile for another (client-go `tools/events`).
        (!source.modern || event.involvedObject.resourceVersion === resourceVersion),
    );
    if (again) {
      this.#store.update('events', again.metadata, (event) => {
        if (source.modern) {
          event.series = { count: (event.series?.count ?? 1) + 1, lastObservedTime: toMicroTime(now) };
          return event;
        }
        event.count = (event.count ?? 1) + 1;
        event.lastTimestamp = toTime(now);
        return event;
      });
      return;
    }
    this.#serial += 1;
    const id = (BigInt(now) * 1_000_000n + BigInt(this.#serial)).toString(16);
    const styled: Partial<Event> = source.modern
      ? {
          source: {},
          firstTimestamp: null,
          lastTimestamp: null,
          eventTime: toMicroTime(now),
          action: source.modern.action,
          reportingComponent: source.component,
          reportingInstance: `${source.component}-portolan`,
        }
      : {
          source: { component: source.component, ...(source.host && { host: source.host }) },
          firstTimestamp: toTime(now),
          lastTimestamp: toTime(now),
          count: 1,
          eventTime: null,
          reportingComponent: source.component,
          reportingInstance: source.host ?? '',
        };
    this.#store.create('events', {
      metadata: { name: `${name}.${id}`, namespace },
      involvedObject,
      reason,
      message,
      type,
      ...styled,
    });
  }

  #sweep(): void {
    const limit = this.#clock.now() - HOUR_MS;
    for (const event of this.#store.list('events')) {
      const seen = Date.parse(
        event.lastTimestamp ?? event.series?.lastObservedTime ?? event.eventTime ?? event.metadata.creationTimestamp,
      );
      if (seen < limit) this.#store.delete('events', event.metadata);
    }
  }
}
