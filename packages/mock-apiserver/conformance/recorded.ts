import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands, type Heard } from './judge.ts';
import { normalise } from './normalise.ts';
import type { Scene } from './scene.ts';
import { parse, type Said } from './transcript.ts';

/** Where what the real control plane said is kept: a folder a minor version of kubectl, a file a scene. */
export const RECORDED = join(import.meta.dirname, 'recorded');

/** The minor versions of kubectl that were recorded, oldest first. */
export function recordedVersions(): number[] {
  return readdirSync(RECORDED)
    .map((name) => Number(/^1\.(\d+)$/.exec(name)?.[1]))
    .filter(Number.isInteger)
    .toSorted((a, b) => a - b);
}

function read(scene: Scene, minor: number): readonly Said[] {
  const file = join(RECORDED, `1.${minor}`, `${scene.name}.txt`);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')).said : [];
}

/** What the server prints, whatever the version of kubectl: what others print is made by kubectl itself. */
const SERVER_PRINTS = /^get /;

/**
 * What the real control plane said to a kubectl, a command of the scene each. Of a version that was not recorded, it is
 * known only what all recorded versions that have the command were told alike: of what kubectl itself words, its exit code.
 */
export function recorded(scene: Scene, minor: number): (Heard | undefined)[] {
  const versions = recordedVersions();
  if (versions.includes(minor)) return [...read(scene, minor)];
  const told = versions.map((version) => ({
    version,
    steps: commands(scene.steps, version),
    said: read(scene, version),
    setting: { namespace: `${scene.name}-${version}`, nodes: scene.nodes ?? false },
  }));
  return commands(scene.steps, minor).map((step) => {
    const heard = told.flatMap(({ version, steps, said, setting }) => {
      const one = said[steps.indexOf(step)];
      return one ? [{ said: renamed(one, scene.name, version, minor), lines: normalise(one, setting).join('\n') }] : [];
    });
    const [first] = heard;
    const agree = (same: (one: (typeof heard)[number]) => unknown) =>
      heard.every((one) => first && same(one) === same(first));
    if (!first) return undefined;
    if (SERVER_PRINTS.test(step.command)) return agree(({ lines }) => lines) ? first.said : undefined;
    return agree(({ said }) => said.code) ? { ...first.said, onlyCode: true } : undefined;
  });
}

/** What was said about the namespace of one version's scene, as said about another's. */
function renamed(said: Said, scene: string, from: number, to: number): Said {
  const rename = (text: string) => text.replaceAll(`${scene}-${from}`, `${scene}-${to}`);
  return { ...said, stdout: rename(said.stdout), stderr: rename(said.stderr) };
}
