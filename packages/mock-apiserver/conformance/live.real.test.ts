import { readFileSync } from 'node:fs';
import { holdToReal } from './hold.ts';
import { play } from './play.ts';

const { PORTOLAN_REAL_KUBECONFIG } = process.env;
if (PORTOLAN_REAL_KUBECONFIG === undefined) {
  throw new Error('name the kubeconfig of a real control plane, fresh and empty, in $PORTOLAN_REAL_KUBECONFIG');
}
const kubeconfig = readFileSync(PORTOLAN_REAL_KUBECONFIG, 'utf8');

await holdToReal('the embedded cluster beside a real control plane', async (kubectls, scenes) => {
  const played = await play(scenes, { kubeconfig, kubectls });
  return (kubectl, scene) => played.get(kubectl)?.find((transcript) => transcript.scene === scene.name)?.said ?? [];
});
