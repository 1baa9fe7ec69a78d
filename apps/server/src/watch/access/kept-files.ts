import { readFile, stat } from 'node:fs/promises';
import type { Material } from './access.ts';

/** The files that credentials are in: each is read when it is first asked for, and again only when it has changed. */
export class KeptFiles {
  #files = new Map<string, { mark: string; text: string }>();

  /** The text of what is given; an error names the file and what it is for. */
  async text(material: Material, what: string): Promise<string> {
    if ('data' in material) return material.data;
    const { file } = material;
    try {
      // Follows links: a mounted service account's token is a link that is moved when it is rotated.
      const { mtimeMs, size, ino } = await stat(file);
      const mark = `${mtimeMs} ${size} ${ino}`;
      const kept = this.#files.get(file);
      if (kept?.mark === mark) return kept.text;
      const text = await readFile(file, 'utf8');
      this.#files.set(file, { mark, text });
      return text;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw new Error(`${what} ${file} cannot be read (${code})`, { cause: error });
    }
  }

  /** Reads everything again when it is asked for next. */
  forget(): void {
    this.#files.clear();
  }
}
