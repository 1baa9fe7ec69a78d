import type { Entity } from '@portolan/shared';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gathersNodes } from '../../layout/fleet/grouping.ts';
import type { FleetHover } from '../../render/fleet/create-fleet-canvas.ts';
import { anything } from '../../store/concern.ts';
import { gapOf } from '../../store/gap.ts';
import { useNow, useStore } from '../../store/live.tsx';
import { useGraph } from '../../store/use-graph.ts';
import { type Only, parseOnly } from '../only.ts';
import { podsOn } from '../pods-on.ts';
import { ToggleButton } from '../toggle-button.tsx';
import { useKeys } from '../use-keys.ts';
import { useSize } from '../use-size.ts';
import { ZoomControls } from '../zoom-controls.tsx';
import { FindBox } from './find-box.tsx';
import type { FleetDriver } from './fleet-driver.ts';
import { FleetFrame } from './fleet-frame.tsx';
import { FleetHead } from './fleet-head.tsx';
import { FleetNotice } from './fleet-notice.tsx';
import { FleetPicture, type FleetPictureView } from './fleet-picture.tsx';
import { fleetTitle } from './fleet-title.ts';
import { GroupChoice } from './group-choice.tsx';
import { GROUPINGS, parseGrouping } from './grouping-text.ts';
import { HoverCard, type Hovered } from './hover-card.tsx';
import { legendOf } from './legend.ts';
import { LegendStrip } from './legend-strip.tsx';
import { nodeLoads, usageOf } from './node-loads.ts';
import { nodeWords } from './node-words.ts';
import { useFleetDriver, useFleetFigures } from './use-fleet-driver.ts';

/** What the address says of the fleet. */
export interface FleetRoute {
  group: string | null;
  order: 'place' | null;
  only: string | null;
}

export interface FleetViewProps {
  /** Null for all of them. */
  namespace: string | null;
  route: FleetRoute;
  selected: string | null;
  /** What stands below the picture, where its table is asked for. */
  table: ReactNode;
  /** What lies over the picture at its side: the details of what is selected; null without a selection. */
  details: ReactNode;
  onRoute(part: Partial<FleetRoute>): void;
  onSelect(uid: string | null): void;
  onTable(): void;
}

/** How often ages are written anew, in milliseconds. */
const AGES_MS = 10_000;
/** The step in which the size of the view counts for what it is filled with, in CSS pixels. */
const STEP_PX = 40;

/** The fleet: what is true of it in one sentence, what there is of it counted, and every pod as a mark. */
export function FleetView({ namespace, route, selected, table, details, onRoute, onSelect, onTable }: FleetViewProps) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const store = useStore();
  const driver = useFleetDriver(namespace);
  const figures = useFleetFigures(driver);
  const picture = useRef<FleetPictureView>(null);
  const [room, size] = useSize<HTMLDivElement>();
  const [hover, setHover] = useState<FleetHover | null>(null);
  const { group, order, only } = route;
  const grouping = useMemo(() => parseGrouping(group), [group]);
  const lone = useMemo(() => parseOnly(only), [only]);
  const fills = size && size.width > 0 && size.height > 0 ? `${rounded(size.width)} ${rounded(size.height)}` : null;
  useEffect(() => {
    if (driver === null || fills === null) return;
    const [width = 0, height = 0] = fills.split(' ').map(Number);
    driver.arrange({ grouping, order: order ?? 'problems', view: { width, height }, filter: null });
  }, [driver, grouping, order, fills]);

  const podsKnown = useKnown('Pod');
  const nodesKnown = useKnown('Node');
  const counts = figures?.drawn ? figures.counts : null;
  const legend = useMemo(() => counts && legendOf(counts), [counts]);
  const sentence = useMemo(
    () => counts && fleetTitle(counts, store.snapshot.graph.all('Node'), i18n),
    [counts, store, i18n],
  );
  const line =
    counts &&
    [
      nodesKnown ? text.nodesCount(counts.nodes, format.number(counts.nodes)) : text.gapUnknown('Node'),
      podsKnown ? text.fleetPods(counts.pods, format.number(counts.pods)) : text.gapUnknown('Pod'),
    ].join(', ');
  const lit = useMemo(() => driver && lone && litBy(driver, lone), [driver, lone]);
  const now = useNow(AGES_MS);
  const words = useCallback(
    (uid: string) => {
      const node = store.snapshot.graph.get(uid);
      return node?.kind === 'Node' ? nodeWords(node, now + store.snapshot.offset + store.snapshot.skew) : null;
    },
    [store, now],
  );
  const loads = useCallback(
    (name: string) => {
      const node = driver?.model.nodes[driver.model.rowOf(name) ?? 0];
      return node?.entity ? nodeLoads(node.entity, node.asked, usageOf(store.snapshot.graph, name)) : null;
    },
    [driver, store],
  );
  const labelKeys = useMemo(() => (driver && figures?.drawn ? labelKeysOf(driver) : []), [driver, figures?.drawn]);
  const regroup = (by: string) => onRoute({ group: by === 'zone' ? null : by });
  const go = (uid: string) => {
    onSelect(uid);
    const target = driver?.model.slotOf(uid) ?? uid;
    picture.current?.flyTo(target);
    picture.current?.focus();
  };
  useKeys([
    ['g', () => regroup(GROUPINGS[(GROUPINGS.indexOf(grouping.by as (typeof GROUPINGS)[number]) + 1) % 3] ?? 'zone')],
  ]);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2 px-6 max-[1500px]:gap-x-4 pt-4 pb-2">
        <FleetHead sentence={sentence} line={line} />
        <div className="flex max-w-full flex-wrap items-center gap-2">
          {driver && <FindBox model={driver.model} onGo={go} />}
          <GroupChoice grouping={grouping} labelKeys={labelKeys} onGrouping={regroup} />
          {gathersNodes(grouping) && (
            <ToggleButton pressed={order === null} onPress={() => onRoute({ order: order === null ? 'place' : null })}>
              {text.fleetProblemsFirst}
            </ToggleButton>
          )}
          <ZoomControls
            onIn={() => picture.current?.zoomIn()}
            onOut={() => picture.current?.zoomOut()}
            onFit={() => picture.current?.fit()}
          />
          <ToggleButton pressed={table !== null} onPress={onTable}>
            {text.table}
          </ToggleButton>
        </div>
      </div>
      <LegendStrip
        pods={podsKnown ? (legend?.pods ?? []) : []}
        nodes={nodesKnown ? (legend?.nodes ?? []) : []}
        only={only}
        onOnly={(key) => onRoute({ only: key })}
      />
      {/* Over the picture alone: what is beside it stays in reach, and the picture keeps its size. */}
      <div className="relative min-h-0 flex-1">
        <FleetFrame>
          <div ref={room} className="absolute inset-x-6 top-2 bottom-3">
            {driver && (
              <FleetPicture
                ref={picture}
                driver={driver}
                selected={selected}
                lit={lit}
                label={text.fleetLabel(
                  format.number(counts?.nodes ?? 0),
                  format.number(counts?.pods ?? 0),
                  sentence ?? '',
                )}
                nodeWords={words}
                nodeLoads={loads}
                onSelect={onSelect}
                onHover={setHover}
              />
            )}
            {driver && size && hover && <Card driver={driver} hover={hover} room={size} />}
          </div>
          <FleetNotice
            namespace={namespace}
            drawn={figures?.drawn ?? false}
            empty={counts !== null && counts.pods === 0 && counts.nodes === 0}
          />
        </FleetFrame>
        {details}
      </div>
      {table}
    </div>
  );
}

/** Whether everything of a kind is known: what may not be listed, or was not yet, is no zero. */
function useKnown(kind: 'Pod' | 'Node'): boolean {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => gapOf(store.snapshot.sources, [kind]) === null);
}

/** Rounded, so that a drag of the window's edge does not lay everything out anew for every pixel. */
function rounded(pixels: number): number {
  return Math.max(STEP_PX, Math.floor(pixels / STEP_PX) * STEP_PX);
}

/** Which pods are lit: those that match, or those on nodes that match. */
function litBy({ model }: FleetDriver, { kind, matches }: Only): (slot: number) => boolean {
  return (slot) => {
    const pod = model.entities[slot];
    if (!pod) return false;
    if (kind === 'Pod') return matches(pod);
    const node = model.nodes[model.nodeOf[slot] ?? 0]?.entity;
    return node != null && matches(node);
  };
}

/** The keys of labels that pods wear, in order; a sample tells them, for pods of one owner wear the same. */
function labelKeysOf({ model }: FleetDriver): string[] {
  const keys = new Set<string>();
  const seen = new Set<object>();
  for (const pod of model.entities) {
    if (!pod || seen.has(pod.labels)) continue;
    seen.add(pod.labels);
    for (const key of Object.keys(pod.labels)) keys.add(key);
  }
  return [...keys].sort();
}

/** The card of what the pointer is over, as it is now. */
function Card({
  driver,
  hover,
  room,
}: {
  driver: FleetDriver;
  hover: FleetHover;
  room: { width: number; height: number };
}) {
  const { graph } = useGraph(anything);
  const { model } = driver;
  const pod = hover.slot === null ? null : (model.entities[hover.slot] ?? null);
  const over: Entity | undefined = hover.tile === null ? undefined : graph.get(hover.tile);
  const node = over?.kind === 'Node' ? over : pod?.node ? (graph.find('Node', '', pod.node) ?? null) : null;
  if (pod === null && node === null) return null;
  const row = node && model.nodes[model.rowOf(node.name) ?? 0];
  const loads = node && row ? nodeLoads(node, row.asked, usageOf(graph, node.name)) : [];
  const hovered: Hovered = { pod, node, pods: node === null ? [] : podsOn(graph, node), loads, at: hover.at };
  return <HoverCard hovered={hovered} room={room} />;
}
