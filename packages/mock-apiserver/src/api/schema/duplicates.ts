import { parseDocument } from 'yaml';

/** Where a scan of JSON stands: an object with the names it had, or a list with the place reached. */
type Level = { names: Set<string>; path: string; name: string } | { index: number; path: string };

const step = (level: Level | undefined): string => {
  if (!level) return '';
  if ('index' in level) return `${level.path}[${level.index}]`;
  return level.path === '' ? level.name : `${level.path}.${level.name}`;
};

/** The end of the string that begins at `from`, after its closing quote. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** The paths of names that stand twice in one object of a JSON text, which must be valid. */
export function duplicateFields(text: string): string[] {
  const levels: Level[] = [];
  const found: string[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at += 1) {
    const level = levels.at(-1);
    switch (text[at]) {
      case '{':
        levels.push({ names: new Set(), path: step(level), name: '' });
        expectsName = true;
        break;
      case '[':
        levels.push({ index: 0, path: step(level) });
        expectsName = false;
        break;
      case '}':
      case ']':
        levels.pop();
        expectsName = false;
        break;
      case ',':
        if (level && 'index' in level) level.index += 1;
        else expectsName = true;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (expectsName && level && 'names' in level) {
          level.name = JSON.parse(text.slice(at, end)) as string;
          if (level.names.has(level.name)) found.push(step(level));
          level.names.add(level.name);
          expectsName = false;
        }
        at = end - 1;
        break;
      }
    }
  }
  return found;
}

/** The keys that stand twice in one map of a YAML text, each with its line, as Go's reader tells them. */
export function duplicateKeys(text: string): string[] {
  const { errors } = parseDocument(text, { version: '1.1', logLevel: 'error' });
  return errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos, linePos }) => {
      const key = /^["']?([^"':\n]*)/.exec(text.slice(pos[0]))?.[1]?.trim() ?? '';
      return `line ${linePos?.[0].line ?? 0}: key ${JSON.stringify(key)} already set in map`;
    });
}
