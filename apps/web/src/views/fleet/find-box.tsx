import { useId, useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { findInFleet } from '../../layout/fleet/find.ts';
import type { FleetModel } from '../../layout/fleet/model.ts';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';

/** As many as are listed. */
const SHOWN = 8;

export interface FindBoxProps {
  model: FleetModel;
  onGo(uid: string): void;
}

/** Finds a pod or a node by a part of its name, and flies to it. */
export function FindBox({ model, onGo }: FindBoxProps) {
  const { text, format } = useI18n();
  const list = useId();
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const sought = open ? query.trim() : '';
  const { found: shown, total } = findInFleet(model, sought, SHOWN);
  const go = (index: number) => {
    const one = shown[index];
    if (one === undefined) return;
    setOpen(false);
    onGo(one.uid);
  };
  const active = shown[at];
  return (
    <div className="relative">
      <input
        type="search"
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={active && `${list}-${active.uid}`}
        aria-label={text.fleetFind}
        placeholder={text.fleetFind}
        data-testid="fleet-find"
        value={query}
        onChange={({ target }) => {
          setQuery(target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, shown.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
          else if (event.key === 'Enter') go(at);
          else if (event.key === 'Escape' && open) setOpen(false);
          else return;
          event.preventDefault();
        }}
        className="h-8 w-52 rounded-tile max-[1500px]:w-40 border border-line bg-canvas px-3 placeholder:text-t3"
      />
      {sought !== '' && (
        <div className="absolute top-9 right-0 z-20 w-96 rounded-card border border-line bg-s2 p-1 shadow-float">
          <p role="status" className="px-2 py-1 text-12 text-t3">
            {total === 0 ? text.fleetFindNone(sought) : text.fleetFound(format.number(total))}
          </p>
          <div id={list} role="listbox" tabIndex={-1} aria-label={text.fleetFind}>
            {shown.map((one, index) => {
              const entity = one.kind === 'Pod' ? model.entities[one.at] : model.nodes[one.at]?.entity;
              const mark = entity && entityMark(entity);
              return (
                <div
                  key={one.uid}
                  id={`${list}-${one.uid}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  // Before the box loses the focus, and with it the list.
                  onPointerDown={(event) => {
                    event.preventDefault();
                    go(index);
                  }}
                  className="flex cursor-pointer items-center gap-2 rounded-tile px-2 py-1.5 hover:bg-s3 aria-selected:bg-s3"
                >
                  {mark && <Glyph name={mark.glyph} className={`size-4 ${GLYPH_TONE[mark.tone]}`} />}
                  <span className="min-w-0 truncate">{one.name}</span>
                  <span className="ml-auto flex-none text-12 text-t3">
                    {one.kind === 'Pod' ? one.namespace : mark?.text}
                  </span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}
