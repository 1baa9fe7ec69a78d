import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../src/index.ts';
import { DIFFERENCES } from './differences/differences.ts';
import { judge, type Verdict } from './judge.ts';
import { findKubectls, type Kubectl } from './kubectls.ts';
import { play } from './play.ts';
import { recorded } from './recorded.ts';
import { report } from './report.ts';
import { SCENES } from './scenes/scenes.ts';
import type { Transcript } from './transcript.ts';

/** The scenes that the embedded cluster is held to. */
const HELD = SCENES.filter(({ name }) => ['tidings', 'waits', 'watches'].includes(name));
const kubectls = await findKubectls();

describe('the embedded cluster beside what a real control plane was recorded to say', () => {
  let mock: MockCluster;
  let played: Map<Kubectl, Transcript[]>;
  const verdicts = new Map<Kubectl, Verdict[]>(kubectls.map((kubectl) => [kubectl, []]));

  beforeAll(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 20, services: 'off' });
    played = await play(HELD, { kubeconfig: mock.kubeconfig, kubectls });
  }, 600_000);

  afterAll(async () => {
    await mock?.close();
    process.stdout.write(report(verdicts));
  });

  it('[M230] has a kubectl to be asked with', () => {
    expect(kubectls).not.toEqual([]);
  });

  for (const kubectl of kubectls) {
    for (const [index, scene] of HELD.entries()) {
      it(`[M230] kubectl ${kubectl.version} prints what it prints beside the real one: ${scene.name}`, () => {
        const said = played.get(kubectl)?.[index]?.said ?? [];
        const verdict = judge(scene, kubectl.minor, { real: recorded(scene, kubectl.minor), mock: said }, DIFFERENCES);
        verdicts.get(kubectl)?.push(verdict);
        expect(verdict.unlisted.join('\n\n')).toBe('');
      });
    }
  }
});
