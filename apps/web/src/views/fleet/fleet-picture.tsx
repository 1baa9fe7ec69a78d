import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Language } from '../../i18n/language.ts';
import { createFleetCanvas, type FleetCanvas, type FleetHover } from '../../render/fleet/create-fleet-canvas.ts';
import type { NodeLoads, NodeWords } from '../../scene/fleet/fleet-labels.ts';
import type { Lit } from '../../scene/fleet/fleet-state.ts';
import { type FleetTexts, fleetTextsEn, fleetTextsZh } from '../../scene/fleet/fleet-texts.ts';
import { useKeys } from '../use-keys.ts';
import { useReducedMotion } from '../use-reduced-motion.ts';
import type { FleetDriver } from './fleet-driver.ts';
import '../../render/chart.css';
import '../../render/fleet/fleet.css';

/** What buttons elsewhere may do with the picture. */
export interface FleetPictureView {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  flyTo(target: number | string): void;
  focus(): void;
}

export interface FleetPictureProps {
  ref: Ref<FleetPictureView>;
  driver: FleetDriver;
  selected: string | null;
  lit: Lit;
  /** What the picture is called: what it shows, in a sentence. */
  label: string;
  nodeWords: (uid: string) => NodeWords | null;
  nodeLoads: (name: string) => NodeLoads | null;
  onSelect(uid: string | null): void;
  onHover(hover: FleetHover | null): void;
}

const TEXTS: Record<Language, FleetTexts> = { en: fleetTextsEn, 'zh-CN': fleetTextsZh };
const STEP = 1.5;

/** Owns the element in which the fleet is drawn; it hears of new plans from the driver, past React. */
export function FleetPicture(props: FleetPictureProps) {
  const { ref, driver, selected, lit, label, nodeWords, nodeLoads } = props;
  const { language } = useI18n();
  const reducedMotion = useReducedMotion();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<FleetCanvas | null>(null);
  const current = useRef(props);
  const options = useMemo(
    () => ({ reducedMotion, selected, lit, label, texts: TEXTS[language], nodeWords, nodeLoads }),
    [reducedMotion, selected, lit, label, language, nodeWords, nodeLoads],
  );
  const shown = useRef(options);
  useEffect(() => {
    current.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    const made = createFleetCanvas(host.current, {
      onSelect: (uid) => current.current.onSelect(uid),
      onHover: (hover) => current.current.onHover(hover),
      onCamera: () => undefined,
    });
    canvas.current = made;
    const draw = () => {
      if (driver.plan) made.update(driver.plan, driver.model, shown.current);
    };
    draw();
    const stop = driver.onPlan(draw);
    const themes = new MutationObserver(() => made.theme());
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      stop();
      canvas.current = null;
      made.destroy();
    };
  }, [driver]);

  useEffect(() => {
    shown.current = options;
    if (driver.plan) canvas.current?.update(driver.plan, driver.model, options);
  }, [driver, options]);

  const zoomIn = () => canvas.current?.zoomBy(STEP);
  const zoomOut = () => canvas.current?.zoomBy(1 / STEP);
  // A person asked for the whole picture: that is when what went may leave no holes.
  const fit = () => {
    driver.tidy();
    canvas.current?.fit();
  };
  const focus = () => host.current?.focus({ preventScroll: true });
  useImperativeHandle(ref, () => ({ zoomIn, zoomOut, fit, focus, flyTo: (target) => canvas.current?.flyTo(target) }));
  useKeys([
    ['+', zoomIn],
    ['=', zoomIn],
    ['-', zoomOut],
    ['0', fit],
  ]);
  return <div ref={host} data-testid="fleet" className="size-full" />;
}
