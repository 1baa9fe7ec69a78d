import { columnsOf, type Entity, type Kind, type KubeObject, kindRow, project } from '@portolan/shared';

/** Runs a kubectl that knows its cluster, and answers what it prints. */
export type RunKubectl = (...args: string[]) => Promise<string>;

/** Columns that tell how long ago something was: they are no more the same a moment later. */
const SPANS = new Set(['AGE', 'DURATION', 'LAST SEEN', 'LAST SCHEDULE']);

/** A table as kubectl prints it: each row a cell a heading. */
export function parseTable(text: string): Record<string, string>[] {
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  const titles = [...head.matchAll(/\S+(?: \S+)*/g)].map((found) => ({ title: found[0], from: found.index }));
  return lines.map((line) =>
    Object.fromEntries(
      titles.map(({ title, from }, at) => [title, line.slice(from, titles[at + 1]?.from).trimEnd()] as const),
    ),
  );
}

/** A kind printed twice, from one moment: by kubectl, and from the entities of the same objects. */
export interface Printed {
  /** The headings that kubectl prints and we do not, and the other way round. */
  onlyTheirs: string[];
  onlyOurs: string[];
  theirs: Record<string, string>[];
  ours: Record<string, string>[];
}

interface List {
  apiVersion: string;
  metadata: { resourceVersion: string };
  items: KubeObject[];
}

/** Prints what there is of a kind in a namespace, of the whole cluster where it has none; `base` is where it is served, `name` what kubectl calls it. */
export async function printTwice(
  kubectl: RunKubectl,
  kind: Kind,
  { base, name, namespace }: { base: string; name: string; namespace: string },
): Promise<Printed> {
  const { plural, namespaced } = kindRow(kind);
  const path = namespaced ? `${base}/namespaces/${namespace}/${plural}` : `${base}/${plural}`;
  const list = JSON.parse(await kubectl('get', '--raw', path)) as List;
  const where = namespaced ? ['-n', namespace] : [];
  const table = parseTable(await kubectl('get', name, '-o', 'wide', ...where));
  const now = Date.now();
  const entities: Entity[] = list.items.map((item) => project(kind, { ...item, apiVersion: list.apiVersion }));
  const columns = columnsOf(kind).map(({ title, cell }) => ({
    title,
    cell: cell as (one: Entity, at: number) => string,
  }));
  const headings = Object.keys(table[0] ?? {});
  const compared = columns.filter(({ title }) => headings.includes(title) && !SPANS.has(title));
  const titles = compared.map(({ title }) => title);
  return {
    onlyTheirs: headings.filter((title) => !columns.some((column) => column.title === title)),
    onlyOurs: columns.map(({ title }) => title).filter((title) => !headings.includes(title)),
    theirs: table.map((row) => Object.fromEntries(titles.map((title) => [title, row[title] ?? '']))),
    ours: entities.map((one) => Object.fromEntries(compared.map(({ title, cell }) => [title, cell(one, now)]))),
  };
}
