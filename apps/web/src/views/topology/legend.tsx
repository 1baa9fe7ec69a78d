import { useI18n } from '../../i18n/i18n.tsx';

const BOX = 'flex h-8 items-center gap-2 whitespace-nowrap rounded-tile border border-line bg-s1 pr-3 pl-2.5';

/** What the lines mean. */
export function Legend() {
  const { text } = useI18n();
  return (
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
  );
}
