import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kubectlAt } from './kubectls.ts';
import { play } from './play.ts';
import { RECORDED } from './recorded.ts';
import { SCENES } from './scenes/scenes.ts';
import { format } from './transcript.ts';

// Writes down what a control plane says, with each kubectl named:
//   node conformance/record.ts --kubeconfig FILE --kubectl PATH [--kubectl PATH…] [--into FOLDER] [SCENE…]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kubeconfig: { type: 'string' },
    kubectl: { type: 'string', multiple: true, default: ['kubectl'] },
    into: { type: 'string', default: RECORDED },
  },
});
if (values.kubeconfig === undefined) throw new Error('say which control plane: --kubeconfig FILE');
const kubectls = await Promise.all(values.kubectl.map(kubectlAt));
const chosen = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const played = await play(chosen, { kubeconfig: readFileSync(values.kubeconfig, 'utf8'), kubectls });
for (const [kubectl, transcripts] of played) {
  const folder = join(values.into, `1.${kubectl.minor}`);
  mkdirSync(folder, { recursive: true });
  for (const transcript of transcripts) writeFileSync(join(folder, `${transcript.scene}.txt`), format(transcript));
}
