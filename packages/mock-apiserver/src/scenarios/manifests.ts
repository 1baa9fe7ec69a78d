import { readdirSync, readFileSync } from 'node:fs';
import type { KubeObject } from '@portolan/shared';
import { parseAllDocuments } from 'yaml';

/** Every YAML file of the folder `manifests` beside a module (`import.meta.url`), by file name. */
export function manifestsBeside(module: string): Readonly<Record<string, string>> {
  const folder = new URL('./manifests/', module);
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]));
}

/** The objects of a YAML text of one or more documents, read as kubectl reads it (YAML 1.1). Throws on what is no YAML. */
export function objectsOf(text: string): KubeObject[] {
  return parseAllDocuments(text, { version: '1.1' }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    const object: unknown = document.toJS();
    return object === null ? [] : [object as KubeObject];
  });
}
