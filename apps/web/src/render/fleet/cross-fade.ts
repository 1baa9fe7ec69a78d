import type { Camera, Size } from '../../scene/camera.ts';
import { TIMES } from '../motion.ts';

/** Shows the picture that was, fading, above the one that is. */
export interface CrossFade {
  resize(size: Size): void;
  /** Keeps what `canvases` show as seen by a camera, and lets it fade within so many milliseconds. */
  start(canvases: readonly HTMLCanvasElement[], camera: Camera, milliseconds?: number): void;
  /** Follows the camera, so that what fades stands where the new picture does. */
  follow(camera: Camera): void;
  destroy(): void;
}

/** Fades on a canvas of its own; the browser does the fading. */
export function createCrossFade(canvas: HTMLCanvasElement): CrossFade {
  const surface = canvas.getContext('2d');
  let kept: Camera | null = null;
  let fading: Animation | null = null;
  const end = () => {
    fading?.cancel();
    fading = null;
    kept = null;
    canvas.hidden = true;
  };
  canvas.hidden = true;
  return {
    resize: ({ width, height }) => {
      end();
      canvas.width = Math.max(1, width);
      canvas.height = Math.max(1, height);
    },
    start: (canvases, camera, milliseconds = TIMES.enter) => {
      if (!surface || canvas.ownerDocument.hidden) return;
      end();
      surface.clearRect(0, 0, canvas.width, canvas.height);
      for (const shown of canvases) surface.drawImage(shown, 0, 0, canvas.width, canvas.height);
      kept = camera;
      canvas.hidden = false;
      canvas.style.transform = 'none';
      fading = canvas.animate({ opacity: [1, 0] }, { duration: milliseconds, easing: 'ease-out' });
      fading.onfinish = end;
    },
    follow: ({ x, y, scale }) => {
      if (!kept) return;
      const zoom = scale / kept.scale;
      canvas.style.transform = `translate(${x - kept.x * zoom}px, ${y - kept.y * zoom}px) scale(${zoom})`;
    },
    destroy: end,
  };
}
