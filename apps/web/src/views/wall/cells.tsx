import { type NodeEntity, nodeMark } from '@portolan/shared';
import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';
import { useSize } from '../use-size.ts';
import { cellGrid, cellPath } from './cell-grid.ts';
import { troubledOf, type Zone } from './zones.ts';

/** The rows of named troubled nodes that a zone has room for above its cells. */
const TROUBLED_ROWS = 5;
/** In rem: the width of the grid, the gap after a zone, the width that a name needs, and the gap after it. */
const WIDTH = 58.5;
const ZONE_GAP = 1;
const NAME = 11.5;
const GAP = 0.375;

/** Troubled nodes by name, the worst first, and below them a cell a healthy node, drawn as one path. */
export function Cells({ zone, zones }: { zone: Zone; zones: number }) {
  const width = (WIDTH - ZONE_GAP * (zones - 1)) / zones;
  return (
    <>
      <Troubled zone={zone} abreast={Math.max(1, Math.floor((width + GAP) / (NAME + GAP)))} />
      <Mass cells={zone.nodes.length - zone.troubled} />
    </>
  );
}

function Troubled({ zone, abreast }: { zone: Zone; abreast: number }) {
  const { format } = useI18n();
  const room = abreast * TROUBLED_ROWS;
  const named = useMemo(() => troubledOf(zone, zone.troubled > room ? room - 1 : room), [zone, room]);
  if (named.length === 0) return null;
  return (
    <ul className="mb-3 grid gap-1.5" style={{ gridTemplateColumns: `repeat(${abreast}, minmax(0, 1fr))` }}>
      {named.map((node) => (
        <Named key={node.uid} node={node} />
      ))}
      {zone.troubled > named.length && (
        <li className="px-2 py-2.5 text-[1.5rem]/[1.75rem] text-t2">+{format.number(zone.troubled - named.length)}</li>
      )}
    </ul>
  );
}

const GROUNDS = {
  fail: 'border-fail bg-fail-bg',
  warn: 'border-warn bg-warn-bg',
  unknown: 'border-line2 border-dashed',
  cordon: 'border-line2',
  ok: 'border-line2',
};

/** The end of a name tells it from others: that is what stays where it is tight. */
function Named({ node }: { node: NodeEntity }) {
  const { glyph, tone } = entityMark(node);
  return (
    <li
      className={`flex min-w-0 items-center gap-2 rounded-tile border-2 px-2 py-2.5 text-[1.5rem]/[1.75rem] ${GROUNDS[nodeMark(node)]}`}
      data-testid="wall-node"
    >
      <Glyph name={glyph} className={`size-6 flex-none ${GLYPH_TONE[tone]}`} />
      <b className="truncate">{node.name}</b>
    </li>
  );
}

/** So many healthy nodes, as large as there is room. */
function Mass({ cells }: { cells: number }) {
  const [ref, room] = useSize<SVGSVGElement>();
  const [width, height] = [Math.floor(room?.width ?? 0), Math.floor(room?.height ?? 0)];
  const path = useMemo(() => cellPath(cells, cellGrid(cells, width, height)), [cells, width, height]);
  return (
    <svg ref={ref} className="min-h-0 w-full flex-1" aria-hidden="true">
      {room && <path d={path} fill="var(--ready-q)" />}
    </svg>
  );
}
