import { fileURLToPath } from 'node:url';

/** The file of a program of `viewers/`. */
export const program = (name: 'crowd' | 'pages' | 'floor' | 'relay' | 'list-floor'): string =>
  fileURLToPath(new URL(`./viewers/${name}.ts`, import.meta.url));

/** The file of the apiserver that is fed. */
export const apiserver = fileURLToPath(new URL('./processes/apiserver.ts', import.meta.url));
