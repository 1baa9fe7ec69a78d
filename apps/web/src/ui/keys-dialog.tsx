import { useEffect, useRef } from 'react';
import type { Catalog } from '../i18n/catalog.en.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Glyph } from '../views/glyph.tsx';

/** The keys that work, in the order in which they are listed. */
const KEYS: readonly (readonly [keys: readonly string[], what: keyof Catalog & `key${string}`])[] = [
  [['←', '→', '↑', '↓'], 'keyMove'],
  [['⏎'], 'keyOpen'],
  [['+'], 'keyZoomIn'],
  [['-'], 'keyZoomOut'],
  [['0'], 'keyFit'],
  [['t'], 'keyTheme'],
  [['?'], 'keyKeys'],
  [['Esc'], 'keyClose'],
];

/** The list of keys, as a modal dialog: the browser traps the focus, closes on Esc and gives the focus back. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const { text } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby="keys-title"
      className="m-auto w-96 rounded-card bg-s2 p-6 text-t1 shadow-float backdrop:bg-canvas/60"
    >
      <div className="flex items-center">
        <h2 id="keys-title" className="text-15">
          {text.keysTitle}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          aria-label={text.close}
          className="-mr-2 ml-auto grid size-8 place-items-center rounded-tile text-t2 hover:bg-s3"
        >
          <Glyph name="close" />
        </button>
      </div>
      <dl className="mt-3 grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {KEYS.map(([keys, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded-chip border border-line2 px-1.5 text-center font-sans text-12/5 text-t2"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{text[what] as string}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}
