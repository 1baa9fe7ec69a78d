import { useI18n } from '../../i18n/i18n.tsx';

const BOX = 'flex h-8 items-center gap-2 whitespace-nowrap rounded-tile border border-line bg-s1 pr-3 pl-2.5';

/** What the lines mean, and the switch of the table. */
export function Legend({ table, onTable }: { table: boolean; onTable(): void }) {
  const { text } = useI18n();
  return (
    <div className="flex flex-none items-center gap-2">
      <ul aria-label={text.edges} className="flex gap-2">
        <li className={BOX}>
          <svg width="24" height="8" aria-hidden="true">
            <path d="M0 4h18" stroke="var(--edge)" strokeWidth="1.5" />
            <circle cx="20" cy="4" r="3" fill="none" stroke="var(--edge)" strokeWidth="1.5" />
          </svg>
          {text.selects}
        </li>
        <li className={BOX}>
          <svg width="24" height="8" aria-hidden="true">
            <path d="M1 4h22" stroke="var(--sel)" strokeWidth="2" strokeDasharray="1 4" strokeLinecap="round" />
          </svg>
          {text.runsOn}
        </li>
      </ul>
      <button
        type="button"
        aria-pressed={table}
        onClick={onTable}
        className="h-8 rounded-tile border border-line bg-s1 px-3 text-t2 hover:text-t1 aria-pressed:bg-s4 aria-pressed:font-semibold aria-pressed:text-t1"
      >
        {text.table}
      </button>
    </div>
  );
}
