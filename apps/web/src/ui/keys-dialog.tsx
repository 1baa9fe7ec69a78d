import type { Catalog } from '../i18n/catalog.en.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { Modal } from './modal.tsx';

/** The keys that work, in the order in which they are listed. */
const KEYS: readonly (readonly [keys: readonly string[], what: keyof Catalog & `key${string}`])[] = [
  [['←', '→', '↑', '↓'], 'keyMove'],
  [['⏎'], 'keyOpen'],
  [['+'], 'keyZoomIn'],
  [['-'], 'keyZoomOut'],
  [['0'], 'keyFit'],
  [['g'], 'keyGroup'],
  [['t'], 'keyTheme'],
  [['?'], 'keyKeys'],
  [['Esc'], 'keyClose'],
];

/** The list of keys. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const { text } = useI18n();
  return (
    <Modal name="keys" title={text.keysTitle} className="m-auto w-96" onClose={onClose}>
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
    </Modal>
  );
}
