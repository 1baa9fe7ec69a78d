import type { ImageRule } from '../controllers/kubelet/images.ts';

/** Any image that nothing else is said of: it exists, and is pulled in some seconds. */
export const ANY_IMAGE: ImageRule = { pattern: /./, exists: true, pullMs: [2500, 4500], againMs: [800, 1400] };
