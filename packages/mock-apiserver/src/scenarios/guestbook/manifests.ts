import { readFileSync } from 'node:fs';

const FILES = [
  'redis-master-deployment.yaml',
  'redis-master-service.yaml',
  'redis-slave-deployment.yaml',
  'redis-slave-service.yaml',
  'frontend-deployment.yaml',
  'frontend-service.yaml',
] as const;

/** The tutorial's six manifests, byte for byte as it prints them, by file name. */
export const guestbookManifests: Readonly<Record<string, string>> = Object.fromEntries(
  FILES.map((file) => [file, readFileSync(new URL(`./manifests/${file}`, import.meta.url), 'utf8')]),
);
