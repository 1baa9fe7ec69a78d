import { useEffect, useState, useSyncExternalStore } from 'react';
import { useStore } from '../../store/live.tsx';
import { pagePace } from '../../stream/pace.ts';
import { pageClock } from '../../stream/ports.ts';
import { FleetDriver, type FleetFigures } from './fleet-driver.ts';

/** A driver of the live graph for as long as the view stands; null in the first moment. A namespace is null for all. */
export function useFleetDriver(namespace: string | null): FleetDriver | null {
  const store = useStore();
  const [driver, setDriver] = useState<FleetDriver | null>(null);
  useEffect(() => {
    const made = new FleetDriver({ store, pace: pagePace(), clock: pageClock, namespace });
    setDriver(made);
    return () => made.close();
  }, [store, namespace]);
  return driver;
}

const never = () => () => undefined;

/** What the driver counts; renders again four times a second at most. */
export function useFleetFigures(driver: FleetDriver | null): FleetFigures | null {
  return useSyncExternalStore(driver?.onFigures ?? never, () => driver?.figures ?? null);
}
