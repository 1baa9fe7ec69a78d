import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseClusters, KubeconfigError } from './kubeconfig.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-kubeconfig-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a kubeconfig with one context a name, each on a server of its own. */
function write(
  file: string,
  contexts: string[],
  current: string,
  server = (name: string) => `https://${name}.test`,
): string {
  const path = join(folder, file);
  const config = {
    clusters: contexts.map((name) => ({ name, cluster: { server: server(name) } })),
    users: contexts.map((name) => ({ name, user: { token: name } })),
    contexts: contexts.map((name) => ({ name, context: { cluster: name, user: name } })),
    'current-context': current,
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const refused = (run: () => unknown): { reason: string; message: string } => {
  try {
    run();
  } catch (error) {
    if (error instanceof KubeconfigError) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
};

it('[W23] the current context is served, or those that were asked for', () => {
  const file = write('two', ['red', 'blue'], 'red');
  expect(chooseClusters({ file, contexts: [], env: {} })).toMatchObject([{ name: 'red', server: 'https://red.test' }]);
  const both = chooseClusters({ file, contexts: ['blue', 'red', 'blue'], env: {} });
  expect(both.map((one) => one.name)).toEqual(['blue', 'red']);
});

it('[W23] the files of $KUBECONFIG are merged, the first to name a thing wins, missing ones are passed over', () => {
  const first = write('first', ['red'], '', () => 'https://first.test');
  const second = write('second', ['red', 'blue'], 'blue', () => 'https://second.test');
  const env = { KUBECONFIG: [first, join(folder, 'nowhere'), second].join(delimiter) };
  expect(chooseClusters({ contexts: [], env })).toMatchObject([{ name: 'blue', server: 'https://second.test' }]);
  expect(chooseClusters({ contexts: ['red'], env })).toMatchObject([{ server: 'https://first.test' }]);
});

it('[W23] --kubeconfig is read alone', () => {
  const file = write('alone', ['red'], 'red');
  const env = { KUBECONFIG: write('other', ['blue'], 'blue') };
  expect(chooseClusters({ file, contexts: [], env })).toMatchObject([{ name: 'red' }]);
});

it('[W24] a missing file is named', () => {
  const file = join(folder, 'nowhere');
  expect(refused(() => chooseClusters({ file, contexts: [], env: {} }))).toMatchObject({ reason: 'missing' });
  const { reason, message } = refused(() => chooseClusters({ contexts: [], env: { KUBECONFIG: file } }));
  expect([reason, message.includes(file)]).toEqual(['missing', true]);
});

it('[W24] malformed YAML is said with the file', () => {
  const file = join(folder, 'malformed');
  writeFileSync(file, 'clusters: [\n  {name: a');
  const { reason, message } = refused(() => chooseClusters({ file, contexts: [], env: {} }));
  expect([reason, message.includes(file)]).toEqual(['malformed', true]);
});

it('[W24] YAML that is no kubeconfig is malformed, too', () => {
  const file = join(folder, 'text');
  writeFileSync(file, 'just a sentence');
  expect(refused(() => chooseClusters({ file, contexts: [], env: {} })).reason).toBe('malformed');
});

it('[W24] an unknown context is refused with those that are known', () => {
  const file = write('known', ['red', 'blue'], 'red');
  expect(refused(() => chooseClusters({ file, contexts: ['green'], env: {} }))).toEqual({
    reason: 'unknownContext',
    message: 'The kubeconfig has no context "green" (it holds: red, blue).',
  });
});

it('[W24] no current context is said with those that could be', () => {
  const file = write('none', ['red'], '');
  const { reason, message } = refused(() => chooseClusters({ file, contexts: [], env: {} }));
  expect([reason, message.includes('red')]).toEqual(['noContext', true]);
});

it.each(['nowhere', 'localhost:8080', 'ftp://red.test'])(
  '[W24] a server that is no address is refused: %s',
  (server) => {
    const file = write('address', ['red'], 'red', () => server);
    expect(refused(() => chooseClusters({ file, contexts: [], env: {} }))).toEqual({
      reason: 'malformed',
      message: `The cluster "red" has the server "${server}", which is no address. Write it as https://HOST:PORT.`,
    });
  },
);
