import { fileURLToPath } from 'node:url';

/** The file of a program of `viewers/`. */
export const program = (name: 'crowd' | 'pages' | 'floor' | 'relay'): string =>
  fileURLToPath(new URL(`./viewers/${name}.ts`, import.meta.url));
