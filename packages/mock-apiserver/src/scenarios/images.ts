import type { ImageRule } from '../controllers/kubelet/images.ts';

/** Any image that nothing else is said of: it exists, and is pulled in some seconds. */
export const ANY_IMAGE: ImageRule = { pattern: /./, exists: true, pullMs: [2500, 4500], againMs: [800, 1400] };

/** The tag of an image that no registry has, whatever its name. */
export const MISSING_TAG = 'does-not-exist';

/** Images with that tag: asking for them fails in a second or so. */
export const MISSING_IMAGE: ImageRule = {
  pattern: new RegExp(`:${MISSING_TAG}$`),
  exists: false,
  pullMs: [900, 1500],
  againMs: [900, 1500],
};
