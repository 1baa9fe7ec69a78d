import type { Event } from '../api/core.ts';
import type { EventEntity } from '../entity/core.ts';
import { epochMs } from '../print/time.ts';
import { projectCommon } from './common.ts';

/**
 * An Event of either style: `source`, `count` and two timestamps, or `reportingComponent`, `eventTime` and `series`
 * (rules of `printEvent` in Kubernetes' printers.go).
 */
export function projectEvent(event: Event): EventEntity {
  const { involvedObject: about, series, source } = event;
  const first = epochMs(event.firstTimestamp) ?? epochMs(event.eventTime);
  const type = event.type ?? 'Normal';
  return {
    kind: 'Event',
    ...projectCommon('Event', event),
    health: type === 'Normal' ? 'ok' : 'warning',
    type,
    reason: event.reason ?? '',
    message: event.message ?? '',
    count: series?.count || event.count || 1,
    first,
    last: epochMs(series?.lastObservedTime) ?? epochMs(event.lastTimestamp) ?? first,
    source: event.reportingComponent || source?.component || null,
    about: {
      kind: about?.kind ?? '',
      namespace: about?.namespace ?? '',
      name: about?.name ?? '',
      uid: about?.uid || null,
    },
  };
}
