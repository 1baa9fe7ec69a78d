import type { Size } from '../../scene/camera.ts';

/** Follows the size of an element. */
export interface SizeFollower {
  destroy(): void;
}

/**
 * Tells the size of an element in CSS pixels, and how many device pixels one of them is: at once, and whenever either is
 * another, be it because the page is zoomed or because the window came to another screen.
 */
export function followSize(host: HTMLElement, onSize: (size: Size, ratio: number) => void): SizeFollower {
  const page = host.ownerDocument.defaultView ?? window;
  const listening = new AbortController();
  let told = '';
  const tell = () => {
    const [size, ratio] = [{ width: host.clientWidth, height: host.clientHeight }, page.devicePixelRatio || 1];
    const now = `${size.width} ${size.height} ${ratio}`;
    if (now === told) return;
    told = now;
    onSize(size, ratio);
  };
  const watchScreen = () => {
    const screen = page.matchMedia(`(resolution: ${page.devicePixelRatio}dppx)`);
    const changed = () => {
      tell();
      watchScreen();
    };
    screen.addEventListener('change', changed, { once: true, signal: listening.signal });
  };
  const observer = new ResizeObserver(tell);
  observer.observe(host);
  watchScreen();
  tell();
  return {
    destroy: () => {
      observer.disconnect();
      listening.abort();
    },
  };
}
