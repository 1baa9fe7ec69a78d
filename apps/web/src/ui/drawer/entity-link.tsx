import type { Entity } from '@portolan/shared';
import { kindIcon } from '../../scene/glyph.ts';
import { entityMark } from '../../views/entity-mark.ts';
import { Glyph } from '../../views/glyph.tsx';
import { GLYPH_TONE } from '../../views/tones.ts';

/** Selects something, by uid. */
export type Select = (uid: string) => void;

/** A row that selects another entity: its mark, its name, and at the right what it says of itself. */
export function EntityLink({ entity, onSelect }: { entity: Entity; onSelect: Select }) {
  const mark = entityMark(entity);
  return (
    <button
      type="button"
      onClick={() => onSelect(entity.uid)}
      className="-mx-2 flex min-h-7 w-[calc(100%+16px)] items-center gap-2 rounded-tile px-2 text-left hover:bg-s3"
    >
      {mark.text === '' ? (
        <Glyph name={kindIcon(entity.kind)} className="size-4 text-t2" />
      ) : (
        <Glyph name={mark.glyph} className={`mx-px size-3.5 ${GLYPH_TONE[mark.tone]}`} />
      )}
      <span className="min-w-0 truncate font-mono text-12">{entity.name}</span>
      <span className="ml-auto whitespace-nowrap pl-2 text-12 text-t2">{mark.text}</span>
    </button>
  );
}

/** The chain of owners, the topmost first, ending in the entity itself. */
export function OwnerChain({ chain, self, aside, onSelect }: OwnerChainProps) {
  return (
    <ol>
      {chain.map((owner) => (
        <li
          key={owner.uid}
          className="relative after:absolute after:top-[22px] after:left-[7.25px] after:h-2 after:w-[1.5px] after:bg-line2"
        >
          <button
            type="button"
            onClick={() => onSelect(owner.uid)}
            className="-mx-2 flex min-h-6 w-[calc(100%+16px)] items-center gap-2 rounded-tile px-2 text-left hover:bg-s3"
          >
            <Glyph name={kindIcon(owner.kind)} className="size-4 text-t2" />
            <span className="min-w-0 truncate font-mono text-12">{owner.name}</span>
            <span className="ml-auto pl-2 text-12 text-t2">{owner.kind}</span>
          </button>
        </li>
      ))}
      <li className="flex min-h-6 items-center gap-2">
        <Glyph name={kindIcon(self.kind)} className="size-4 text-t2" />
        <b>{self.name}</b>
        <span className="ml-auto pl-2 text-12 text-t2">{aside}</span>
      </li>
    </ol>
  );
}

export interface OwnerChainProps {
  chain: readonly Entity[];
  self: { kind: string; name: string };
  aside: string;
  onSelect: Select;
}
