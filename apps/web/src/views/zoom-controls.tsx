import { useI18n } from '../i18n/i18n.tsx';

export interface ZoomControlsProps {
  onIn(): void;
  onOut(): void;
  onFit(): void;
}

const BUTTON = 'grid h-full w-8 place-items-center text-t2 hover:bg-s3 hover:text-t1';

/** Nearer, farther, and the whole picture; each also has a key. */
export function ZoomControls({ onIn, onOut, onFit }: ZoomControlsProps) {
  const { text } = useI18n();
  const buttons = [
    { label: text.zoomIn, key: '+', run: onIn, path: 'M8 3v10M3 8h10' },
    { label: text.zoomOut, key: '-', run: onOut, path: 'M3 8h10' },
    { label: text.fit, key: '0', run: onFit, path: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3' },
  ];
  return (
    <div
      role="toolbar"
      aria-label={text.zoom}
      className="flex h-8 divide-x divide-line overflow-hidden rounded-tile border border-line bg-s1"
    >
      {buttons.map(({ label, key, run, path }) => (
        <button key={key} type="button" aria-label={label} title={`${label} (${key})`} onClick={run} className={BUTTON}>
          <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
            <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
          </svg>
        </button>
      ))}
    </div>
  );
}
