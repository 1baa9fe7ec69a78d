// The programs that the tests need from the machine: found, or installed from Debian where that is allowed, or asked for.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './install.mjs';

/** The path of Chromium, for the browser tests; `PORTOLAN_CHROMIUM` names another. */
export function chromium() {
  return program({
    variable: 'PORTOLAN_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    packages: ['chromium', 'fonts-liberation', 'fonts-dejavu-core'],
    need: 'The browser tests need Chromium',
  });
}

/** The path of kubectl, which drives the embedded cluster in tests; `PORTOLAN_KUBECTL` names another. */
export function kubectl() {
  return program({
    variable: 'PORTOLAN_KUBECTL',
    names: ['kubectl'],
    packages: ['kubernetes-client'],
    need: 'The tests of the embedded cluster need kubectl',
  });
}

function program({ variable, names, packages, need }) {
  const named = process.env[variable];
  if (named) {
    if (executable(named)) return named;
    throw new Error(`${variable}=${named}: no such program. Name one that can be run, or unset it.`);
  }
  const found = names.map(onPath).find(Boolean);
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log(`${need}: installing ${packages.join(', ')}`);
    const debian = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    run('apt-get', ['update', '-q'], debian);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], debian);
    const installed = names.map(onPath).find(Boolean);
    if (installed) return installed;
  }
  throw new Error(
    `${need}, and none of ${names.join(', ')} is on the PATH. Install one, or set ${variable} to its path.`,
  );
}

function onPath(name) {
  const folder = (process.env.PATH ?? '').split(delimiter).find((folder) => executable(join(folder, name)));
  return folder ? join(folder, name) : undefined;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return spawnSync('test', ['-f', path]).status === 0;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES' || error.code === 'ENOTDIR') return false;
    throw error;
  }
}
