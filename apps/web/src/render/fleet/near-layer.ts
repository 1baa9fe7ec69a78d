import type { PodEntity } from '@portolan/shared';
import type { Measure } from '../../layout/metrics.ts';
import type { Camera } from '../../scene/camera.ts';
import type { FleetTexts } from '../../scene/fleet/fleet-texts.ts';
import { nearPodParts } from '../../scene/fleet/near-pod.ts';
import type { NearPod } from '../../scene/fleet/near-pods.ts';
import { TIMES } from '../motion.ts';
import { drawNearPod, SVG } from './draw-near-pod.ts';

/** What all pods of the layer are drawn with. */
export interface NearSettings {
  camera: Camera;
  selected: string | null;
  texts: FleetTexts;
  measure: Measure;
  /** True while the scale is changing: pods that are drawn are then only stretched. */
  zooming: boolean;
}

/** The pods that are near, as labelled buttons with text. */
export interface NearLayer {
  /** Draws pods, some more with every call; false while there is more to do. */
  draw(pods: readonly NearPod[], settings: NearSettings): boolean;
  /** The slots of the pods that are drawn; the same set, changed, as long as the layer lives. */
  readonly covered: ReadonlySet<number>;
  /** Lets what is shown fade away, to be drawn otherwise from now on. */
  fade(camera: Camera): void;
  /** Whether a pod's button has the keyboard's focus. */
  holdsFocus(): boolean;
  destroy(): void;
}

interface Drawn {
  group: SVGGElement;
  slot: number;
  /** What it was drawn from, to draw it again only when that is another. */
  pod: PodEntity;
  side: number;
  look: string;
  place: string;
}

/** How much of the pitch a tile takes. */
const TILE = 0.9;
/** So many pods are drawn in one frame; the layout of their texts takes the browser longer than all else. */
const AT_ONCE = 40;

/** Draws into an `svg` that fills the view and holds the silhouettes. */
export function createNearLayer(svg: SVGSVGElement): NearLayer {
  const page = svg.ownerDocument;
  const covered = new Set<number>();
  let picture = svg.appendChild(page.createElementNS(SVG, 'g'));
  let drawn = new Map<string, Drawn>();
  let leaving: { group: SVGGElement; camera: Camera } | null = null;

  function dropOthers(pods: readonly NearPod[]): void {
    const kept = new Set(pods.map(({ uid }) => uid));
    for (const [uid, { group, slot }] of drawn) {
      if (kept.has(uid)) continue;
      group.remove();
      drawn.delete(uid);
      covered.delete(slot);
    }
  }

  return {
    covered,
    draw(pods, { camera, selected, texts, measure, zooming }) {
      picture.setAttribute('transform', `translate(${camera.x},${camera.y})`);
      if (leaving) leaving.group.setAttribute('transform', following(leaving.camera, camera));
      dropOthers(pods);
      let left = AT_ONCE;
      let whole = true;
      for (const near of pods) {
        const { uid, slot, pod, mark, box, dimmed } = near;
        const pitch = box.width * camera.scale;
        const side = Math.round(pitch * TILE);
        const look = `${mark} ${dimmed} ${uid === selected}`;
        let shown = drawn.get(uid);
        const stale = shown?.pod !== pod || shown.look !== look || (shown.side !== side && !zooming);
        if (stale && left === 0) {
          whole = false;
          if (!shown) continue;
        } else if (stale) {
          left -= 1;
          const group = shown?.group ?? picture.appendChild(page.createElementNS(SVG, 'g'));
          const label = texts.pod(near.suffix, pod.status, pod.node);
          const parts = nearPodParts(pod, mark, side, texts, measure);
          drawNearPod(group, { uid, side, dimmed, selected: uid === selected, label, parts });
          shown = { group, slot, pod, side, look, place: '' };
          drawn.set(uid, shown);
          covered.add(slot);
        } else if (shown && shown.side !== side) whole = false;
        if (shown) move(shown, near, camera.scale);
      }
      return whole;
    },
    fade(camera) {
      if (drawn.size === 0) return;
      leaving?.group.remove();
      const group = picture;
      group.setAttribute('aria-hidden', 'true');
      group.setAttribute('class', 'leaving');
      for (const { group: pod } of drawn.values()) pod.setAttribute('data-leaving', '');
      leaving = { group, camera };
      group.animate({ opacity: [1, 0] }, { duration: TIMES.enter, fill: 'forwards' }).onfinish = () => {
        group.remove();
        if (leaving?.group === group) leaving = null;
      };
      picture = svg.appendChild(page.createElementNS(SVG, 'g'));
      drawn = new Map();
      covered.clear();
    },
    holdsFocus: () => svg.contains(page.activeElement),
    destroy: () => svg.replaceChildren(),
  };
}

function move(shown: Drawn, { box }: NearPod, scale: number): void {
  const pitch = box.width * scale;
  const stretch = Math.round(pitch * TILE) / shown.side;
  const at = (cell: number) => Math.round(cell * scale + (pitch * (1 - TILE)) / 2);
  const place = `translate(${at(box.x)},${at(box.y)})${stretch === 1 ? '' : ` scale(${stretch})`}`;
  if (shown.place === place) return;
  shown.group.setAttribute('transform', place);
  shown.place = place;
}

function following(kept: Camera, { x, y, scale }: Camera): string {
  return `translate(${x},${y}) scale(${scale / kept.scale})`;
}
