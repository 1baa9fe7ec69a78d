import type { ReactNode } from 'react';

/** A titled part of the drawer, set off from the one above by a hairline. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-line border-t px-6 py-4">
      <h3 className="mb-2">{title}</h3>
      {children}
    </section>
  );
}

/** A row: what it is at the left, what it says at the right. */
export function Row({ children, right, title }: { children: ReactNode; right?: ReactNode; title?: string }) {
  return (
    <div className="flex min-h-[22px] items-center gap-2" title={title}>
      {children}
      {right !== undefined && <span className="ml-auto min-w-0 truncate text-right text-12 text-t2">{right}</span>}
    </div>
  );
}
