import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from '../src/index.ts';
import { DIFFERENCES } from './differences/differences.ts';
import { judge, type Verdict } from './judge.ts';
import { findKubectls, type Kubectl } from './kubectls.ts';
import { play } from './play.ts';
import { recorded, recordedVersions } from './recorded.ts';
import { report } from './report.ts';
import { SCENES } from './scenes/scenes.ts';
import type { Transcript } from './transcript.ts';

const kubectls = await findKubectls();

describe('the embedded cluster beside what a real control plane was recorded to say', () => {
  let mock: MockCluster;
  let played: Map<Kubectl, Transcript[]>;
  const verdicts = new Map<Kubectl, Verdict[]>(kubectls.map((kubectl) => [kubectl, []]));

  beforeAll(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 20, services: 'off' });
    played = await play(SCENES, { kubeconfig: mock.kubeconfig, kubectls });
  }, 600_000);

  afterAll(async () => {
    await mock?.close();
    process.stdout.write(report(verdicts));
  });

  it('[M230] has a kubectl to be asked with', () => {
    expect(kubectls).not.toEqual([]);
  });

  for (const kubectl of kubectls) {
    for (const [index, scene] of SCENES.entries()) {
      it(`[M230] kubectl ${kubectl.version} prints what it prints beside the real one: ${scene.name}`, () => {
        const said = played.get(kubectl)?.[index]?.said ?? [];
        const verdict = judge(scene, kubectl.minor, { real: recorded(scene, kubectl.minor), mock: said }, DIFFERENCES);
        verdicts.get(kubectl)?.push(verdict);
        expect(verdict.unlisted.join('\n\n')).toBe('');
      });
    }
  }

  it('[M231] every listed difference occurs, where all versions of kubectl that were recorded were asked', () => {
    const asked = new Set(kubectls.map(({ minor }) => minor).filter((minor) => recordedVersions().includes(minor)));
    const occurred = new Set([...verdicts.values()].flat().flatMap((verdict) => [...verdict.occurred]));
    const complete = recordedVersions().every((minor) => asked.has(minor));
    const due = DIFFERENCES.filter(({ kubectl: [from, to] = [0, 99] }) =>
      from > 0 || to < 99 ? [...asked].some((minor) => minor >= from && minor <= to) : complete,
    );
    process.stdout.write(`${due.length} of ${DIFFERENCES.length} listed differences are due\n`);
    expect(due.filter((difference) => !occurred.has(difference))).toEqual([]);
  });
});
