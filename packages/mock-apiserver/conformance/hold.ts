import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../src/index.ts';
import { DIFFERENCES } from './differences/differences.ts';
import { type Heard, judge, type Verdict } from './judge.ts';
import { findKubectls, type Kubectl } from './kubectls.ts';
import { play } from './play.ts';
import { recordedVersions } from './recorded.ts';
import { report } from './report.ts';
import type { Scene } from './scene.ts';
import { SCENES } from './scenes/scenes.ts';
import type { Transcript } from './transcript.ts';

/** Fast enough to be short, slow enough that what takes a second is seen before it is over. */
const SPEED = 20;
const PLAYED_MS = 900_000;

/** What a real control plane said to a kubectl, a command of the scene each; undefined where that is not known. */
export type RealSays = (kubectl: Kubectl, scene: Scene) => readonly (Heard | undefined)[];

/**
 * Declares the tests that hold the embedded cluster, asked by each kubectl of this machine, to a real control plane. `ask`
 * is told the kubectls while the scenes are played, and finds out what the real one says.
 */
export async function holdToReal(
  what: string,
  ask: (kubectls: readonly Kubectl[], scenes: readonly Scene[]) => Promise<RealSays>,
): Promise<void> {
  const kubectls = await findKubectls();
  const minors = kubectls.map(({ minor }) => minor);

  describe(what, () => {
    let mock: MockCluster;
    let played: Map<Kubectl, Transcript[]>;
    let real: RealSays;
    const verdicts = new Map<Kubectl, Verdict[]>(kubectls.map((kubectl) => [kubectl, []]));

    beforeAll(async () => {
      mock = await startMock({ scenario: 'guestbook', speed: SPEED, services: 'off' });
      [played, real] = await Promise.all([
        play(SCENES, { kubeconfig: mock.kubeconfig, kubectls }),
        ask(kubectls, SCENES),
      ]);
    }, PLAYED_MS);

    afterAll(async () => {
      await mock?.close();
      const absent = recordedVersions().filter((minor) => !minors.includes(minor));
      const note = absent.map((minor) => `kubectl 1.${minor} is not on this machine: not asked\n`).join('');
      process.stdout.write(report(verdicts) + note);
    });

    it('[M230] has a kubectl to be asked with', () => {
      expect(kubectls).not.toEqual([]);
    });

    for (const kubectl of kubectls) {
      for (const [index, scene] of SCENES.entries()) {
        it(`[M230] kubectl ${kubectl.version} prints what it prints beside the real one: ${scene.name}`, () => {
          const said = played.get(kubectl)?.[index]?.said ?? [];
          const verdict = judge(scene, kubectl.minor, { real: real(kubectl, scene), mock: said }, DIFFERENCES);
          verdicts.get(kubectl)?.push(verdict);
          expect(verdict.unlisted.join('\n\n')).toBe('');
        });
      }
    }

    it('[M231] every listed difference occurs, where the kubectls that show it were asked', () => {
      const recorded = minors.filter((minor) => recordedVersions().includes(minor));
      const complete = recordedVersions().every((minor) => recorded.includes(minor));
      const due = DIFFERENCES.filter(({ sometimes, kubectl: [from, to] = [0, 99] }) => {
        if (sometimes) return false;
        return from > 0 || to < 99 ? recorded.some((minor) => minor >= from && minor <= to) : complete;
      });
      process.stdout.write(`${due.length} of ${DIFFERENCES.length} listed differences are due\n`);
      const occurred = new Set([...verdicts.values()].flat().flatMap((verdict) => [...verdict.occurred]));
      expect(due.filter((difference) => !occurred.has(difference))).toEqual([]);
    });
  });
}
