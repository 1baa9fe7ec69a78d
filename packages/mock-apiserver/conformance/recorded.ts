import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from './judge.ts';
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

/**
 * What the real control plane said to a kubectl, a command of the scene each. Of a version that was not recorded, it is
 * known only what the recorded versions before and after it (or the nearest) were told alike; the rest is undefined.
 */
export function recorded(scene: Scene, minor: number): (Said | undefined)[] {
  const versions = recordedVersions();
  if (versions.includes(minor)) return [...read(scene, minor)];
  const before = versions.findLast((version) => version < minor);
  const after = versions.find((version) => version > minor);
  const neighbours = [before, after].filter((version) => version !== undefined);
  return commands(scene.steps, minor).map((step) => {
    const told = neighbours.map((version) => {
      const said = read(scene, version)[commands(scene.steps, version).indexOf(step)];
      const setting = { namespace: `${scene.name}-${version}`, nodes: scene.nodes ?? false };
      return { said, lines: said ? normalise(said, setting).join('\n') : undefined };
    });
    const [one] = told;
    if (one?.said === undefined || told.some(({ lines }) => lines !== one.lines)) return undefined;
    return renamed(one.said, scene.name, minor, neighbours[0]);
  });
}

/** What was said about the namespace of another version's scene, as said about this one's. */
function renamed(said: Said, scene: string, minor: number, recordedMinor: number | undefined): Said {
  const rename = (text: string) => text.replaceAll(`${scene}-${recordedMinor}`, `${scene}-${minor}`);
  return { ...said, stdout: rename(said.stdout), stderr: rename(said.stderr) };
}
