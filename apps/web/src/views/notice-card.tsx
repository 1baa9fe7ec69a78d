import type { ReactNode } from 'react';

/** What is true where there is nothing to draw, in the place of the picture. */
export function NoticeCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="absolute top-4 left-6 z-10 w-96 rounded-card border border-line bg-s2 p-4" data-testid="empty">
      <h2 className="text-15">{title}</h2>
      <div className="mt-2 text-t2">{children}</div>
    </div>
  );
}

/** Empty slots that fill as the snapshot arrives: how much of it is there, without a spinner. */
export function Slots({ share }: { share: number }) {
  const slots = Array.from({ length: 9 }, (_, slot) => ({ slot, full: slot < Math.round(share * 9) }));
  return (
    <div className="mt-4 flex gap-2" aria-hidden="true">
      {slots.map(({ slot, full }) => (
        <span key={slot} className={`size-6 rounded-chip ${full ? 'bg-s3' : 'border border-line2'}`} />
      ))}
    </div>
  );
}
