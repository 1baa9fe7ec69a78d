import { KINDS, type Kind, type TableOrder } from '@portolan/shared';
import { useCallback, useSyncExternalStore } from 'react';

/** The lenses that are built, each with its path. */
export const LENSES = { topology: '/', fleet: '/fleet', wall: '/wall' } as const;
export type Lens = keyof typeof LENSES;

/** The table that is shown where none is named. */
export const FIRST_TABLE: Kind = 'Pod';

/**
 * What the address says. `cluster` is null for the first one served, `namespace` for the one that its kubeconfig names or,
 * over the fleet, for all; `language` and `theme` are read where they are used.
 */
export interface Route {
  lens: Lens;
  cluster: string | null;
  namespace: string | null;
  /** The kind whose table is shown, null without one. */
  table: Kind | null;
  /** What the table is sorted by, null for its names. */
  sort: TableOrder | null;
  /** What the fleet is gathered by, null for its nodes by zone. */
  group: string | null;
  /** `place` when nodes in trouble stay where they stand, null when they come first. */
  order: 'place' | null;
  /** The one status of pods or nodes that is lit, null for all. */
  only: string | null;
}

/** Reads an address. */
export function parseRoute(url: URL): Route {
  return {
    lens: (Object.keys(LENSES) as Lens[]).find((lens) => LENSES[lens] === url.pathname) ?? 'topology',
    cluster: url.searchParams.get('cluster'),
    namespace: url.searchParams.get('namespace') || null,
    table: tableOf(url.searchParams.get('table')),
    sort: sortOf(url.searchParams.get('sort')),
    group: url.searchParams.get('group') || null,
    order: url.searchParams.get('order') === 'place' ? 'place' : null,
    only: url.searchParams.get('only') || null,
  };
}

const tableOf = (text: string | null): Kind | null =>
  text === '1' ? FIRST_TABLE : (KINDS.find((kind) => kind === text) ?? null);

/** A column's heading, with a minus before it where the order is downwards. */
function sortOf(text: string | null): TableOrder | null {
  if (!text) return null;
  const descending = text.startsWith('-');
  return { column: descending ? text.slice(1) : text, descending };
}

/** The address of a route; whatever else `current` asks for is kept. */
export function routeHref(route: Route, current: URL): string {
  const query = new URLSearchParams(current.search);
  const set = (name: string, value: string | null) => (value === null ? query.delete(name) : query.set(name, value));
  set('cluster', route.cluster);
  set('namespace', route.namespace);
  set('table', route.table === FIRST_TABLE ? '1' : route.table);
  set('sort', route.sort && (route.sort.descending ? '-' : '') + route.sort.column);
  set('group', route.group);
  set('order', route.order);
  set('only', route.only);
  const text = query.toString();
  return LENSES[route.lens] + (text && `?${text}`);
}

const CHANGED = 'portolan:route';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

/** The route, and a way to change a part of it, which goes into the history. */
export function useRoute(): [Route, (part: Partial<Route>) => void] {
  const href = useSyncExternalStore(subscribe, () => window.location.href);
  const route = parseRoute(new URL(href));
  const go = useCallback((part: Partial<Route>) => {
    const current = new URL(window.location.href);
    window.history.pushState(null, '', routeHref({ ...parseRoute(current), ...part }, current));
    window.dispatchEvent(new Event(CHANGED));
  }, []);
  return [route, go];
}
