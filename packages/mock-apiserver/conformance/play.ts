import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ClusterClient, connect, type Json } from './cluster-client.ts';
import type { Kubectl } from './kubectls.ts';
import { type RunOptions, type Scene, type Step, words } from './scene.ts';
import { inServedVersions } from './served-versions.ts';
import type { Said, Transcript } from './transcript.ts';

/** A busy real control plane takes its time; what comes in time waits no longer. */
const TIMEOUT_MS = 120_000;
const POLL_MS = 100;
/** As many as two cores bear; most of the time a scene waits. */
const AT_ONCE = 6;

/**
 * Plays scenes on a cluster with each kubectl, some at once, each in a namespace of its own; those that must be alone after
 * all others. Resolves with the transcripts of each kubectl, in the order of the scenes.
 */
export async function play(
  scenes: readonly Scene[],
  { kubeconfig, kubectls }: { kubeconfig: string; kubectls: readonly Kubectl[] },
): Promise<Map<Kubectl, Transcript[]>> {
  const home = mkdtempSync(join(tmpdir(), 'conformance-'));
  const cluster = connect(kubeconfig);
  const server = String((await cluster.get('/version'))?.gitVersion);
  const transcripts = new Map(kubectls.map((kubectl) => [kubectl, new Map<Scene, Transcript>()]));
  const one = async (scene: Scene, kubectl: Kubectl) => {
    const said = await playScene(scene, { home, cluster, kubectl });
    transcripts.get(kubectl)?.set(scene, { scene: scene.name, kubectl: kubectl.version, server, said });
  };
  try {
    const together = scenes
      .filter(({ alone }) => !alone)
      .flatMap((scene) => kubectls.map((kubectl) => () => one(scene, kubectl)));
    const worker = async () => {
      for (let next = together.shift(); next; next = together.shift()) await next();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    for (const scene of scenes.filter(({ alone }) => alone)) {
      for (const kubectl of kubectls) {
        await waitFor('the other scenes have left', () => isDeserted(cluster));
        await one(scene, kubectl);
      }
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  return new Map(
    kubectls.map((kubectl) => [kubectl, scenes.flatMap((scene) => transcripts.get(kubectl)?.get(scene) ?? [])]),
  );
}

/** Whether no namespace of a scene is left: they alone have the name of a version of kubectl at their end. */
async function isDeserted(cluster: ClusterClient): Promise<boolean> {
  const namespaces = (await cluster.get('/api/v1/namespaces'))?.items ?? [];
  return !namespaces.some(({ metadata }: Json) => /-\d\d(-\w+)?$/.test(String(metadata?.name)));
}

interface Stage {
  cluster: ClusterClient;
  namespace: string;
  folder: string;
  env: NodeJS.ProcessEnv;
  kubectl: Kubectl;
  said: Said[];
}

async function playScene(
  scene: Scene,
  { home, cluster, kubectl }: { home: string; cluster: ClusterClient; kubectl: Kubectl },
): Promise<Said[]> {
  const namespace = `${scene.name}-${kubectl.minor}`;
  const folder = join(home, namespace);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(scene.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const versioned = await inServedVersions(text, cluster);
    writeFileSync(join(folder, name), versioned.replaceAll('$NS', namespace), { mode: 0o755 });
  }
  const config = join(home, `${namespace}.kubeconfig`);
  writeFileSync(config, cluster.kubeconfigFor(namespace), { mode: 0o600 });
  const { PATH } = process.env;
  const env = { PATH, HOME: home, KUBECONFIG: config, TMPDIR: folder, TZ: 'UTC' };
  const stage: Stage = { cluster, namespace, folder, env, kubectl, said: [] };
  await cluster.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  try {
    await cluster.get(`/api/v1/namespaces/${namespace}`);
    await playSteps(scene.steps, stage);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    stage.said.push({ command: '(the scene broke off)', code: -1, stdout: '', stderr: why });
  } finally {
    await cluster.remove(`/api/v1/namespaces/${namespace}`);
  }
  return stage.said;
}

async function playSteps(steps: readonly Step[], stage: Stage): Promise<void> {
  for (const step of steps) {
    if (step.do === 'until') {
      await waitFor(step.condition.says, () => step.condition.holds(stage.cluster, stage.namespace));
      continue;
    }
    const { since = 0, upTo = Number.POSITIVE_INFINITY } = step;
    if (stage.kubectl.minor < since || stage.kubectl.minor > upTo) continue;
    await runStep(step.command, step, stage);
  }
}

async function waitFor(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${TIMEOUT_MS / 1000} s in vain until ${what}`);
    await delay(POLL_MS);
  }
}

/** Runs a kubectl; with `during`, it is watched printing while those steps are taken, and then stopped or left to end. */
async function runStep(command: string, options: RunOptions, stage: Stage): Promise<void> {
  const { stdin, env, during, ends, shows, begun = ends ? /^/ : /./ } = options;
  const typed = command.replaceAll('$NS', stage.namespace).replaceAll('$MINOR', String(stage.kubectl.minor));
  const child = spawn(stage.kubectl.path, words(typed), {
    cwd: stage.folder,
    env: { ...stage.env, ...env },
    stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const said: Said = { command, code: 0, stdout: '', stderr: '' };
  stage.said.push(said);
  child.stdin?.end(stdin?.replaceAll('$NS', stage.namespace));
  child.stdout?.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  const closed = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? -1));
  });
  const hung = setTimeout(() => {
    said.stderr += `(stopped after ${TIMEOUT_MS / 1000} s)\n`;
    child.kill('SIGKILL');
  }, TIMEOUT_MS);
  if (during) {
    const hasBegun = async () => begun.test(said.stdout + said.stderr);
    await Promise.race([closed, waitFor(`kubectl ${typed} prints ${begun}`, hasBegun)]);
    await playSteps(during, stage);
    if (shows) await waitFor(`kubectl ${typed} shows ${shows}`, async () => shows.test(said.stdout));
    if (!ends) child.kill();
  }
  const code = await closed;
  clearTimeout(hung);
  said.code = during && !ends ? 0 : code;
  said.stdout = portable(said.stdout, stage);
  said.stderr = portable(said.stderr, stage);
}

/** What was said without where on this machine it was said, and without tokens. */
const portable = (text: string, { folder }: Stage) =>
  text
    .replaceAll(folder, '.')
    .replaceAll(dirname(folder), '~')
    .replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>');
