import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { Glyph, type GlyphName } from '../views/glyph.tsx';
import { LENSES, type Lens } from './route.ts';
import type { Theme } from './theme.ts';

const ITEM =
  'relative flex h-14 w-14 flex-col items-center justify-center gap-1 rounded-card text-11 text-t2 hover:bg-s2 hover:text-t1 aria-[current=page]:bg-s3 aria-[current=page]:text-t1';
const LENS_GLYPHS: Record<Lens, GlyphName> = { topology: 'topology', fleet: 'fleet', wall: 'wall' };

export interface RailProps {
  lens: Lens;
  theme: Theme;
  onLens(lens: Lens): void;
  onLanguage(): void;
  onTheme(): void;
  onKeys(): void;
}

/** The lenses that are built, and below them what concerns the page itself. */
export function Rail({ lens, theme, onLens, onLanguage, onTheme, onKeys }: RailProps) {
  const { text } = useI18n();
  return (
    <div className="row-span-2 flex flex-col items-center border-line border-r bg-s1 pb-2">
      <Glyph name="compass" className="mt-3 size-8 text-sel" label="Portolan" />
      <nav aria-label={text.lenses} className="mt-7 flex flex-col gap-2">
        {(Object.keys(LENSES) as Lens[]).map((name) => (
          <a
            key={name}
            href={LENSES[name]}
            aria-current={name === lens ? 'page' : undefined}
            className={`${ITEM} before:absolute before:-left-2 before:h-6 before:w-[3px] before:rounded-r-xs aria-[current=page]:before:bg-sel`}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              onLens(name);
            }}
          >
            <Glyph name={LENS_GLYPHS[name]} className="size-5" />
            {text[name]}
          </a>
        ))}
      </nav>
      <div className="mt-auto flex flex-col gap-2">
        <RailButton label={text.languageSwitch} onClick={onLanguage} caption={text.language}>
          <Glyph name="language" className="size-5" />
        </RailButton>
        <RailButton label={text.themeSwitch(text[theme])} onClick={onTheme} caption={text.theme}>
          <Glyph name="theme" className="size-5" />
        </RailButton>
        <RailButton label={text.keys} onClick={onKeys} caption={text.keys}>
          <Glyph name="help" className="size-5" />
        </RailButton>
      </div>
    </div>
  );
}

interface RailButtonProps {
  label: string;
  caption: string;
  onClick(): void;
  children: ReactNode;
}

function RailButton({ label, caption, onClick, children }: RailButtonProps) {
  return (
    <button type="button" className={ITEM} aria-label={label} title={label} onClick={onClick}>
      {children}
      <span aria-hidden="true">{caption}</span>
    </button>
  );
}
