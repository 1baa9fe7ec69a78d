import type { ReactNode } from 'react';

/** The silhouettes of the design system on a 16 px grid (icons of the rail on 20, the compass on 32), in `currentColor`. */
export const SHAPES = {
  // states
  ready: {
    size: 16,
    body: (
      <>
        <rect x="2" y="2" width="12" height="12" rx="2" fill="currentColor" />
      </>
    ),
  },
  notready: {
    size: 16,
    body: (
      <>
        <rect
          x="2.75"
          y="2.75"
          width="10.5"
          height="10.5"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path d="M3 8h10v4a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z" fill="currentColor" />
      </>
    ),
  },
  creating: {
    size: 16,
    body: (
      <>
        <rect
          x="2.75"
          y="2.75"
          width="10.5"
          height="10.5"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <rect x="5.75" y="5.75" width="4.5" height="4.5" fill="currentColor" />
      </>
    ),
  },
  pending: {
    size: 16,
    body: (
      <>
        <rect
          x="2.75"
          y="2.75"
          width="10.5"
          height="10.5"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.6 2.1"
        />
      </>
    ),
  },
  terminating: {
    size: 16,
    body: (
      <>
        <rect
          x="2.75"
          y="2.75"
          width="10.5"
          height="10.5"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path d="M3.4 12.6 12.6 3.4" stroke="currentColor" strokeWidth="1.5" />
      </>
    ),
  },
  fail: {
    size: 16,
    body: (
      <>
        <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" />
        <path
          d="M5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2"
          stroke="var(--glyph-ink)"
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      </>
    ),
  },
  pull: {
    size: 16,
    body: (
      <>
        <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" />
        <path
          d="M8 4.4v5.4M5.7 7.8 8 10.1l2.3-2.3"
          fill="none"
          stroke="var(--glyph-ink)"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    ),
  },
  completed: {
    size: 16,
    body: (
      <>
        <circle cx="8" cy="8" r="3.5" fill="currentColor" />
      </>
    ),
  },
  unknown: {
    size: 16,
    body: (
      <>
        <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.5 2" />
        <path
          d="M6.4 6.6a1.6 1.6 0 1 1 2.3 1.5c-.5.3-.7.5-.7 1.1M8 11v.3"
          stroke="currentColor"
          strokeWidth="1.3"
          fill="none"
          strokeLinecap="round"
        />
      </>
    ),
  },
  warn: {
    size: 16,
    body: (
      <>
        <path d="M8 1.2 15.4 14.2H.6z" fill="currentColor" />
        <path d="M8 6v3.9M8 11.9v.2" stroke="var(--glyph-ink)" strokeWidth="1.6" strokeLinecap="round" />
      </>
    ),
  },
  ok: {
    size: 16,
    body: (
      <>
        <path
          d="M3 8.6 6.4 12 13 4.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    ),
  },
  no: {
    size: 16,
    body: (
      <>
        <path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" />
      </>
    ),
  },
  cordon: {
    size: 16,
    body: (
      <>
        <rect
          x="1.75"
          y="3.75"
          width="12.5"
          height="8.5"
          rx="1.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path d="M4.5 8h7" stroke="currentColor" strokeWidth="2" />
      </>
    ),
  },
  stale: {
    size: 16,
    body: (
      <>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />
        <path d="M8 4.8V8l2.2 1.6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </>
    ),
  },
  live: {
    size: 16,
    body: (
      <>
        <circle cx="8" cy="8" r="3.2" fill="currentColor" />
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.3" opacity=".55" />
      </>
    ),
  },
  // kinds: line icons, never coloured
  kindService: {
    size: 16,
    body: (
      <>
        <circle cx="8" cy="8" r="2.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path
          d="M8 5.8V1.8M8 14.2v-4M5.8 8h-4M14.2 8h-4"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinecap="round"
        />
      </>
    ),
  },
  kindDeployment: {
    size: 16,
    body: (
      <>
        <path d="M8 1.8 14 5 8 8.2 2 5z" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
        <path
          d="M2 8l6 3.2L14 8M2 11l6 3.2L14 11"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      </>
    ),
  },
  kindReplicaset: {
    size: 16,
    body: (
      <>
        <rect x="1.8" y="4.8" width="9.4" height="9.4" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path
          d="M4.8 1.8h7.9a1.5 1.5 0 0 1 1.5 1.5v7.9"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinecap="round"
        />
      </>
    ),
  },
  kindPod: {
    size: 16,
    body: (
      <>
        <rect x="2.7" y="2.7" width="10.6" height="10.6" rx="2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      </>
    ),
  },
  kindNode: {
    size: 16,
    body: (
      <>
        <rect x="1.7" y="2.7" width="12.6" height="4.4" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <rect x="1.7" y="8.9" width="12.6" height="4.4" rx="1" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M4.2 4.9h.4M4.2 11.1h.4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </>
    ),
  },
  // chrome
  language: {
    size: 20,
    body: (
      <path
        d="M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM3 10h14M10 3c2.2 2 3.2 4.4 3.2 7s-1 5-3.2 7c-2.2-2-3.2-4.4-3.2-7s1-5 3.2-7z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    ),
  },
  topology: {
    size: 20,
    body: (
      <>
        <rect x="2" y="7.5" width="5" height="5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <rect x="13" y="2.5" width="5" height="5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <rect x="13" y="12.5" width="5" height="5" rx="1" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d="M7 10h3M13 5h-1.5A1.5 1.5 0 0 0 10 6.5v7A1.5 1.5 0 0 0 11.5 15H13"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
      </>
    ),
  },
  wall: {
    size: 20,
    body: (
      <>
        <rect x="2" y="3.5" width="16" height="10.5" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M7 17.2h6M10 14v3" stroke="currentColor" strokeWidth="1.5" />
      </>
    ),
  },
  close: {
    size: 16,
    body: (
      <>
        <path d="M4 4l8 8M12 4l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </>
    ),
  },
  help: {
    size: 20,
    body: (
      <>
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d="M8 8.2a2 2 0 1 1 2.9 1.8c-.6.4-.9.7-.9 1.4M10 13.6v.2"
          stroke="currentColor"
          strokeWidth="1.5"
          fill="none"
          strokeLinecap="round"
        />
      </>
    ),
  },
  theme: {
    size: 20,
    body: (
      <>
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </>
    ),
  },
  chev: {
    size: 12,
    body: (
      <>
        <path
          d="M3 4.5 6 7.5 9 4.5"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    ),
  },
  pause: {
    size: 16,
    body: (
      <>
        <path d="M5.5 3.5v9M10.5 3.5v9" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </>
    ),
  },
  compass: {
    size: 32,
    body: (
      <>
        <circle cx="16" cy="16" r="10.5" fill="none" stroke="currentColor" strokeWidth="1" opacity=".55" />
        <path
          d="M16 16 8.6 8.6M16 16l7.4-7.4M16 16l7.4 7.4M16 16l-7.4 7.4"
          stroke="currentColor"
          strokeWidth="1"
          opacity=".55"
        />
        <path d="M16 1.5 18.6 13.4 30.5 16 18.6 18.6 16 30.5 13.4 18.6 1.5 16 13.4 13.4z" fill="currentColor" />
        <path
          d="M16 1.5V16l2.6-2.6zM30.5 16H16l2.6 2.6zM16 30.5V16l-2.6 2.6zM1.5 16H16l-2.6-2.6z"
          fill="var(--s1)"
          opacity=".55"
        />
      </>
    ),
  },
} as const satisfies Record<string, { size: number; body: ReactNode }>;
