// `npm start` and `npm run portolan -- …`: installs what is missing, builds what is stale, and runs the command.
import { spawn } from 'node:child_process';
import { build, env, install, node, root } from './lib/install.mjs';

install();
build();
const child = spawn(node, ['apps/server/src/main.ts', ...process.argv.slice(2)], { cwd: root, env, stdio: 'inherit' });
// On a terminal Ctrl-C reaches the child by itself, and a second one would cut its goodbye short.
const forwarded = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGTERM', 'SIGHUP', 'SIGINT'];
for (const signal of forwarded) process.on(signal, () => child.kill(signal));
if (process.stdin.isTTY) process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
