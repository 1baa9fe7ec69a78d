import type { ReactNode } from 'react';
import { useTruthLook } from '../use-truth-look.ts';

/** A frame around the picture that says how true it is. */
export function FleetFrame({ children }: { children: ReactNode }) {
  const { outline, fade, old } = useTruthLook();
  return (
    <div data-stale={old} className={`absolute inset-0 ${outline} ${fade}`}>
      {children}
    </div>
  );
}
