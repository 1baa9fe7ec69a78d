// Runs on whatever Node the machine has (20 or newer), before anything is installed: builtins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The pinned Node, which the package `node` puts into the workspace. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** The environment in which `node`, and every installed command, is the workspace's own. */
export const env = {
  ...process.env,
  PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
};

/** Runs a command in the workspace with its output shown; resolves to its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, ...options });
  if (error) {
    console.error(`${command}: ${error.message}`);
    return 127;
  }
  return status ?? 1;
}

/** Installs what the lockfile says, unless that is what is installed already. Ends the process when it can't. */
export function install() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = hash(['pnpm-lock.yaml', 'package.json', 'pnpm-workspace.yaml']);
  const stamp = join(root, 'node_modules', '.portolan-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node)) return;
  const code = run('npx', ['--yes', manifest.packageManager, 'install', '--frozen-lockfile'], { env: process.env });
  if (code !== 0) {
    console.error(
      'Installing failed; what stands above says why. `npm start` and `npm test` need a package registry once.',
    );
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
}

/** Builds the web page unless its sources are those it was built from. Ends the process when it can't. */
export function build() {
  const stamp = join(root, 'apps', 'web', 'dist', '.built-from');
  const wanted = hash([
    'pnpm-lock.yaml',
    ...['index.html', 'vite.config.ts', 'src', 'public'].map((name) => join('apps', 'web', name)),
    join('packages', 'shared', 'src'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const code = run(node, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    cwd: join(root, 'apps', 'web'),
  });
  if (code !== 0) {
    console.error('Building the page failed; what stands above says why.');
    process.exit(code);
  }
  writeFileSync(stamp, wanted);
}

/** One hash over files and folders, by path and content. */
function hash(paths) {
  const sum = createHash('sha256');
  const add = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name));
    else sum.update(path).update('\0').update(readFileSync(full)).update('\0');
  };
  for (const path of paths) add(path);
  return sum.digest('hex');
}
