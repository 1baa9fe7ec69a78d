import { fileURLToPath } from 'node:url';
import type { Kubectl } from './kubectl.ts';
import { target } from './target.ts';

/** What makes the guestbook's story happen: the presenter's panel, or kubectl. */
export interface Driver {
  /** The namespace in which it plays. */
  readonly namespace: string;
  createGuestbook(): Promise<void>;
  scaleFrontend(replicas: 5): Promise<void>;
  rollOutV2(): Promise<void>;
  undo(): Promise<void>;
  /** Ends one pod of the frontend. */
  killPod(): Promise<void>;
}

const applied = fileURLToPath(new URL('../fixtures/guestbook-apps-v1.yaml', import.meta.url));
const verbatim = fileURLToPath(
  new URL('../../packages/mock-apiserver/src/scenarios/guestbook/manifests', import.meta.url),
);

/** Drives a cluster with kubectl: the embedded one with the tutorial's manifests verbatim, a real one with apps/v1. */
export function kubectlDriver(kubectl: Kubectl): Driver {
  return {
    namespace: kubectl.namespace,
    async createGuestbook() {
      await kubectl('create', '-f', target === 'mock' ? verbatim : applied);
    },
    async scaleFrontend(replicas) {
      await kubectl('scale', 'deployment/frontend', `--replicas=${replicas}`);
    },
    async rollOutV2() {
      await kubectl('set', 'image', 'deployment/frontend', 'php-redis=kubeguide/guestbook-php-frontend:v2');
    },
    async undo() {
      await kubectl('rollout', 'undo', 'deployment/frontend');
    },
    async killPod() {
      const pods = await kubectl('get', 'pods', '-l', 'tier=frontend', '-o', 'name');
      const [first] = pods.trim().split('\n');
      await kubectl('delete', String(first), '--wait=false');
    },
  };
}
