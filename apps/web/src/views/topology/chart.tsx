import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Language } from '../../i18n/language.ts';
import type { Layout } from '../../layout/box.ts';
import { layout } from '../../layout/layout.ts';
import type { Measure } from '../../layout/metrics.ts';
import { createChart, type Chart as Drawing } from '../../render/create-chart.ts';
import { createMeasure } from '../../render/create-measure.ts';
import type { ChartTexts } from '../../scene/chart-texts.ts';
import { chartTextsEn } from '../../scene/chart-texts-en.ts';
import { chartTextsZh } from '../../scene/chart-texts-zh.ts';
import { scene } from '../../scene/scene.ts';
import { ofPicture } from '../../store/concern.ts';
import { useGraph } from '../../store/use-graph.ts';
import { useKeys } from '../use-keys.ts';
import { useReducedMotion } from '../use-reduced-motion.ts';
import type { Size } from '../use-size.ts';
import '../../render/chart.css';

/** What buttons elsewhere may do with the view. */
export interface ChartView {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
}

export interface ChartProps {
  ref: Ref<ChartView>;
  namespace: string;
  selected: string | null;
  /** The room that the picture is laid out for, whatever part of it the table takes. */
  room: Size;
  onSelect(uid: string | null): void;
}

const TEXTS: Record<Language, ChartTexts> = { en: chartTextsEn, 'zh-CN': chartTextsZh };
const STEP = 1.25;

/**
 * Owns the element in which the picture is drawn: lays it out anew for every state of the graph, from the layout before.
 * The view opens anew when a namespace is first shown and when the room changes, unless a hand has moved it; what
 * happens in the cluster never moves it.
 */
export function Chart({ ref, namespace, selected, room, onSelect }: ChartProps) {
  const { language } = useI18n();
  const drawn = useRef<ReadonlySet<string>>(new Set());
  const seen = useGraph(useMemo(() => ofPicture(namespace, () => drawn.current), [namespace]));
  const reducedMotion = useReducedMotion();
  const svg = useRef<SVGSVGElement>(null);
  const drawing = useRef<{ chart: Drawing; measure: Measure } | null>(null);
  const before = useRef<Layout | null>(null);
  const fitted = useRef<string | null>(null);
  const touched = useRef(false);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  });

  useEffect(() => {
    if (!svg.current) return;
    const chart = createChart(svg.current, { onSelect: (uid) => select.current(uid) });
    drawing.current = { chart, measure: createMeasure(document) };
    return () => {
      drawing.current = null;
      fitted.current = null;
      chart.destroy();
    };
  }, []);

  useEffect(() => {
    if (!drawing.current) return;
    const { chart, measure } = drawing.current;
    const next = layout(seen.graph, namespace, before.current, { ...room, measure });
    before.current = next;
    drawn.current = new Set(next.shelf?.nodes.map(({ name }) => name));
    chart.update(scene(seen.graph, next, { texts: TEXTS[language], measure, selected }), { reducedMotion });
    const view = `${namespace} ${svg.current?.clientWidth}×${svg.current?.clientHeight}`;
    if (fitted.current === view) return;
    if (fitted.current?.split(' ')[0] !== namespace) touched.current = false;
    fitted.current = view;
    if (!touched.current) chart.open();
  }, [seen, namespace, selected, room, language, reducedMotion]);

  const touch = () => {
    touched.current = true;
  };
  const zoomIn = () => {
    touch();
    drawing.current?.chart.zoomBy(STEP);
  };
  const zoomOut = () => {
    touch();
    drawing.current?.chart.zoomBy(1 / STEP);
  };
  const fit = () => {
    touched.current = false;
    drawing.current?.chart.fit();
  };
  useImperativeHandle(ref, () => ({ zoomIn, zoomOut, fit }));
  useKeys([
    ['+', zoomIn],
    ['=', zoomIn],
    ['-', zoomOut],
    ['0', fit],
  ]);
  return (
    <div className="relative min-h-0 flex-1" onPointerDown={touch} onWheel={touch}>
      <svg ref={svg} data-testid="chart" className="absolute inset-0 size-full" />
    </div>
  );
}
