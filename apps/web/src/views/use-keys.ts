import { useEffect, useRef } from 'react';

/** What each key does, by `KeyboardEvent.key`. */
export type KeyBindings = readonly (readonly [key: string, run: () => void])[];

/** Listens for single keys while nothing is being typed and no dialog is open; modified keys are the browser's. */
export function useKeys(keys: KeyBindings): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('input, select, textarea, dialog[open]')) return;
      const run = current.current.find(([key]) => key === event.key)?.[1];
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
