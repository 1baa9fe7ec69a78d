import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { partOf } from './part.tsx';

/** The wall, which those who work with the topology may never open. */
export const WALL = partOf('wall', async () => (await import('../views/wall/wall-view.tsx')).WallView);

/** The fleet, which those who work with the topology may never open. */
export const FLEET = partOf('fleet', async () => (await import('../views/fleet/fleet-view.tsx')).FleetView);

/** The details of a selected thing, which nobody has selected yet. */
export const DRAWER = partOf('drawer', async () => (await import('./drawer/drawer.tsx')).Drawer);

/** The table of one kind, which stands below the chart when it is asked for. */
export const TABLE = partOf('table', async () => (await import('../views/table/kind-table.tsx')).KindTable);

/** The state of every source, which one asks for when something is amiss. */
export const SOURCES = partOf('sources', async () => (await import('./sources/sources-panel.tsx')).SourcesPanel);

/** The presenter's panel, which only an embedded cluster has. */
export const PRESENTER = partOf('presenter', async () => (await import('./presenter/presenter.tsx')).Presenter);

/** Fetches the other parts once the picture stands, so that they are there even if the server is lost after that. */
export function usePartsAhead(pictured: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!pictured) return;
    void client.prefetchQuery(DRAWER);
    void client.prefetchQuery(TABLE);
    void client.prefetchQuery(FLEET);
    void client.prefetchQuery(WALL);
    void client.prefetchQuery(SOURCES);
  }, [client, pictured]);
}
