// `npm start`: installs what is missing, builds what is stale, and runs the demo. Further words go to the command:
// `npm start -- --port 9000`.
import { spawn } from 'node:child_process';
import { build, env, install, node, root } from './lib/install.mjs';

install();
build();
const child = spawn(node, ['apps/server/src/main.ts', 'demo', 'guestbook', ...process.argv.slice(2)], {
  cwd: root,
  env,
  stdio: 'inherit',
});
// The child shares the terminal and hears Ctrl-C itself; a signal sent to this process alone must reach it too.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
process.on('SIGINT', () => undefined);
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 128 : 1)));
