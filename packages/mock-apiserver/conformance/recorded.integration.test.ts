import { holdToReal } from './hold.ts';
import { recorded } from './recorded.ts';

await holdToReal(
  'the embedded cluster beside what a real control plane was recorded to say',
  async () => (kubectl, scene) => recorded(scene, kubectl.minor),
);
