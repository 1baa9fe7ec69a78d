import { type Port, portOf, type ToTab, type ToWorker } from './messages.ts';

/**
 * A port of its own to the worker that all tabs of this build share; null where the browser has no such workers, or
 * forbids this page to use one.
 */
export function connectWorker(): Port<ToWorker, ToTab> | null {
  if (typeof SharedWorker === 'undefined') return null;
  try {
    const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'portolan' });
    return portOf(worker.port);
  } catch {
    return null;
  }
}
