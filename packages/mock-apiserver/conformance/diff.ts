import { parseArgs } from 'node:util';
import { startMock } from '../src/index.ts';
import { DIFFERENCES } from './differences/differences.ts';
import { judge, type Verdict } from './judge.ts';
import { findKubectls, kubectlAt } from './kubectls.ts';
import { play } from './play.ts';
import { recorded } from './recorded.ts';
import { report } from './report.ts';
import { SCENES } from './scenes/scenes.ts';

// Shows what kubectl prints otherwise beside the embedded cluster than it did beside the real control plane:
//   node conformance/diff.ts [--kubectl PATH…] [--speed X] [SCENE…]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kubectl: { type: 'string', multiple: true }, speed: { type: 'string', default: '20' } },
});
const kubectls = values.kubectl ? await Promise.all(values.kubectl.map(kubectlAt)) : await findKubectls();
const chosen = SCENES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const mock = await startMock({ scenario: 'guestbook', speed: Number(values.speed), services: 'off' });
try {
  const played = await play(chosen, { kubeconfig: mock.kubeconfig, kubectls });
  const verdicts = new Map(kubectls.map((kubectl): [typeof kubectl, Verdict[]] => [kubectl, []]));
  for (const [kubectl, transcripts] of played) {
    for (const [index, scene] of chosen.entries()) {
      const mockSaid = transcripts[index]?.said ?? [];
      const verdict = judge(
        scene,
        kubectl.minor,
        { real: recorded(scene, kubectl.minor), mock: mockSaid },
        DIFFERENCES,
      );
      verdicts.get(kubectl)?.push(verdict);
      for (const text of verdict.unlisted)
        process.stdout.write(`\n[${scene.name}, kubectl ${kubectl.version}]\n${text}\n`);
    }
  }
  process.stdout.write(`\n${report(verdicts)}`);
} finally {
  await mock.close();
}
