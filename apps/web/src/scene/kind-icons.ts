import { CAPS, type Drawing, disc, frame, line, ROUND, ring, type Stroke, solid } from './drawing.ts';

const on16 = (...strokes: readonly Stroke[]): Drawing => ({ size: 16, strokes });

const SHEET = line('M3.8 1.8h5.6l2.8 2.8v9.6H3.8zM9.4 1.8v2.8h2.8', 1.4, ROUND);
const DRIVE = frame([1.8, 4.2, 12.4, 7.6, 1.5], 1.4);

/** The icon of each kind: a line drawing on 16 units, never coloured. */
export const KIND_ICONS = {
  'kind-service': on16(ring(8, 2.2, 1.4), line('M8 5.8V1.8M8 14.2v-4M5.8 8h-4M14.2 8h-4', 1.4, CAPS)),
  'kind-deployment': on16(
    line('M8 1.8 14 5 8 8.2 2 5z', 1.4, ROUND),
    line('M2 8l6 3.2L14 8M2 11l6 3.2L14 11', 1.4, ROUND),
  ),
  'kind-replicaset': on16(
    frame([1.8, 4.8, 9.4, 9.4, 1.5], 1.4),
    line('M4.8 1.8h7.9a1.5 1.5 0 0 1 1.5 1.5v7.9', 1.4, CAPS),
  ),
  'kind-statefulset': on16(
    line('M2.2 4a5.8 2.2 0 1 0 11.6 0a5.8 2.2 0 1 0-11.6 0', 1.4),
    line('M2.2 4v8c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2V4M2.2 8c0 1.2 2.6 2.2 5.8 2.2s5.8-1 5.8-2.2', 1.4),
  ),
  'kind-daemonset': on16(
    ...[1.8, 9.6].flatMap((y) => [1.8, 9.6].map((x) => frame([x, y, 4.6, 4.6, 0], 1.4, { strokeLinejoin: 'round' }))),
  ),
  'kind-job': on16(ring(8, 6.2, 1.4), line('M6.6 5.4v5.2l4-2.6z', 1.4, ROUND)),
  'kind-cronjob': on16(ring(8, 6.2, 1.4), line('M8 4.4V8l2.5 1.7', 1.4, ROUND)),
  'kind-pod': on16(frame([2.7, 2.7, 10.6, 10.6, 2], 1.4)),
  'kind-node': on16(
    frame([1.7, 2.7, 12.6, 4.4, 1], 1.4),
    frame([1.7, 8.9, 12.6, 4.4, 1], 1.4),
    line('M4.2 4.9h.4M4.2 11.1h.4', 1.6, CAPS),
  ),
  'kind-namespace': on16(frame([1.8, 1.8, 12.4, 12.4, 1.5], 1.4, { strokeDasharray: '2.6 2' })),
  'kind-ingress': on16(line('M9.5 1.8h4.7v12.4H9.5M1.8 8h7.4M6.4 5 9.4 8l-3 3', 1.4, ROUND)),
  'kind-gateway': on16(line('M2.5 14.2V7.4a5.5 5.5 0 0 1 11 0v6.8M1 14.2h14M8 1.9v12.3', 1.4, ROUND)),
  'kind-route': on16(
    line('M1.8 8h4.4c2 0 2-4 4-4h3M6.2 8c2 0 2 4 4 4h3M11.2 2l2.4 2-2.4 2M11.2 10l2.4 2-2.4 2', 1.4, ROUND),
  ),
  'kind-networkpolicy': on16(line('M8 1.6l5.6 2v4.2c0 3.2-2.3 5.5-5.6 6.6-3.3-1.1-5.6-3.4-5.6-6.6V3.6z', 1.4, ROUND)),
  'kind-endpoints': on16(disc(3.4, 1.6), line('M8 8h6M11.5 5.5 14 8l-2.5 2.5M8 3.4h6M8 12.6h6', 1.4, ROUND)),
  'kind-volume': on16(DRIVE, line('M4.4 8h4M11.4 8h.3', 1.6, CAPS)),
  'kind-claim': on16(DRIVE, line('M5.4 8l1.8 1.8 3.4-3.6', 1.4, ROUND)),
  'kind-storageclass': on16(line('M2 3.6h12M2 8h12M2 12.4h12M4.6 3.6v.01M4.6 8v.01M4.6 12.4v.01', 1.4, CAPS)),
  'kind-configmap': on16(SHEET, line('M5.9 7.6h4.2M5.9 10.2h4.2', 1.3, CAPS)),
  'kind-autoscaler': on16(
    line('M4.6 13.4V2.6M2 5.2l2.6-2.6 2.6 2.6M11.4 2.6v10.8M8.8 10.8l2.6 2.6 2.6-2.6', 1.4, ROUND),
  ),
  'kind-budget': on16(ring(8, 6.2, 1.4), line('M8 1.8V8l4.6 4.2', 1.4, ROUND)),
  'kind-quota': on16(line('M2 12.2a6.6 6.6 0 1 1 12 0M8 10.8 10.8 6.4', 1.4, ROUND)),
  'kind-lease': on16(line('M3.4 14.2V2M3.4 2.6h9l-2 3 2 3h-9', 1.4, ROUND)),
  'kind-metrics': on16(line('M1.6 8.4h3l2-5 3 9.2 2-4.2h2.8', 1.4, ROUND)),
  'kind-event': on16(ring(8, 6.2, 1.4), line('M8 4.6v4', 1.6, CAPS), solid('M7.2 10.4h1.6v1.6H7.2z')),
} as const satisfies Record<string, Drawing>;

/** The name of a kind's icon. */
export type KindIcon = keyof typeof KIND_ICONS;
