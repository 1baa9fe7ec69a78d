import { CAPS, type Drawing, disc, frame, line, ROUND, ring, solid } from '../scene/drawing.ts';

/** What the page draws beside the silhouettes: the state of a connection on 16 units, the rail on 20, the compass on 32. */
export const ICONS = {
  live: { size: 16, strokes: [disc(8, 3.2), ring(8, 6.2, 1.3, { opacity: 0.55 })] },
  stale: {
    size: 16,
    strokes: [ring(8, 6, 1.5, { strokeDasharray: '3 2' }), line('M8 4.8V8l2.2 1.6', 1.5, CAPS)],
  },
  close: { size: 16, strokes: [line('M4 4l8 8M12 4l-8 8', 1.5, CAPS)] },
  play: { size: 16, strokes: [solid('M4.5 2.5v11l9-5.5z')] },
  pause: { size: 16, strokes: [solid('M4 3h3v10H4zM9 3h3v10H9z')] },
  stepOnce: { size: 16, strokes: [solid('M3.5 2.5v11l7.5-5.5z'), solid('M11.5 2.5h2v11h-2z')] },
  stop: { size: 16, strokes: [solid('M3.5 3.5h9v9h-9z')] },
  out: { size: 12, strokes: [line('M4.5 2H2v8h8V7.5M7 2h3v3M10 2 5.5 6.5', 1.2, CAPS)] },
  chev: { size: 12, strokes: [line('M3 4.5 6 7.5 9 4.5', 1.5, ROUND)] },
  topology: {
    size: 20,
    strokes: [
      frame([2, 7.5, 5, 5, 1], 1.5),
      frame([13, 2.5, 5, 5, 1], 1.5),
      frame([13, 12.5, 5, 5, 1], 1.5),
      line('M7 10h3M13 5h-1.5A1.5 1.5 0 0 0 10 6.5v7A1.5 1.5 0 0 0 11.5 15H13', 1.5),
    ],
  },
  fleet: {
    size: 20,
    strokes: [3, 8.25, 13.5].flatMap((x) => [3, 8.25, 13.5].map((y) => solid(`M${x} ${y}h3.5v3.5h-3.5z`))),
  },
  wall: { size: 20, strokes: [frame([2, 3.5, 16, 10.5, 1.5], 1.5), line('M7 17.2h6M10 14v3', 1.5)] },
  language: {
    size: 20,
    strokes: [
      line(
        'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM3 10h14M10 3c2.2 2 3.2 4.4 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.4-3.2-7s1-5 3.2-7z',
        1.5,
      ),
    ],
  },
  theme: { size: 20, strokes: [ring(10, 6.5, 1.5), solid('M10 3.5a6.5 6.5 0 0 1 0 13z')] },
  help: {
    size: 20,
    strokes: [ring(10, 7, 1.5), line('M8 8.2a2 2 0 1 1 2.9 1.8c-.6.4-.9.7-.9 1.4M10 13.6v.2', 1.5, CAPS)],
  },
  compass: {
    size: 32,
    strokes: [
      ring(16, 10.5, 1, { opacity: 0.55 }),
      line('M16 16 8.6 8.6M16 16l7.4-7.4M16 16l7.4 7.4M16 16l-7.4 7.4', 1, { opacity: 0.55 }),
      solid('M16 1.5 18.6 13.4 30.5 16 18.6 18.6 16 30.5 13.4 18.6 1.5 16 13.4 13.4z'),
      {
        tag: 'path',
        attributes: {
          d: 'M16 1.5V16l2.6-2.6zM30.5 16H16l2.6 2.6zM16 30.5V16l-2.6 2.6zM1.5 16H16l-2.6-2.6z',
          fill: 'var(--s1)',
          opacity: 0.55,
        },
      },
    ],
  },
} as const satisfies Record<string, Drawing>;
