import type { Said } from './transcript.ts';

/** What the lines of a scene are told apart by besides what they say. */
export interface Setting {
  /** The namespace that the scene was played in. */
  namespace: string;
  /** Nodes are told by name. */
  nodes: boolean;
}

/** The alphabet of generated names and hashes: k8s.io/apimachinery/pkg/util/rand. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
/** How client-go's own log begins a line. */
const KLOG = /^[WEI]\d{4} [\d:.]+ +\d+ /;
/** What client-go logs of a watch that ended sooner than it thinks right: it depends on milliseconds. */
const OF_A_WATCH = /^[WEI]\d{4} .*\breflector\.go/;
const AGE = /^\d+[smhdy](\d+[smhd])?$/;

/** What differs from run to run and says nothing, by the placeholder that stands for it. In order: the first that fits wins. */
const REPLACED: readonly [RegExp, string][] = [
  [/\t/g, '  '],
  [KLOG, ''],
  [/((?:Container ID: +|containerID"?: "?))\w+:\/\/[^\s",]+/g, '$1<container>'],
  [/\b(LIVE|MERGED)-\d+\b/g, '$1'],
  [/^([| ]*@@ ).*( @@.*)$/g, '$1…$2'],
  [/https?:\/\/(\d+\.){3}\d+:\d+/g, '<server>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z| \+0000)/g, '<time>'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000/g, '<time>'],
  [/(resourceVersion"?: )"\d+"/g, '$1"<version>"'],
  [/(Resource Version: +|to be \d+, was )\d+/g, '$1<version>'],
  [/\.[0-9a-f]{15,16}\b/g, '.<time>'],
  [new RegExp(`-${SAFE}{6,10}(?:-${SAFE}{5})?(?=-?(?:[^\\w-]|$))`, 'g'), '-<hash>'],
  [new RegExp(`-${SAFE}{5}(?![\\w-])`, 'g'), '-<any>'],
  [new RegExp(`(hash"?(?:=|: "?))${SAFE}{6,10}\\b`, 'g'), '$1<hash>'],
  [/\b(?!1\.2\.3\.4\b)(\d{1,3}\.){3}\d{1,3}\b/g, '<ip>'],
  [/:3\d{4}\//g, ':<port>/'],
  [/(NodePort: .*?)3\d{4}/g, '$1<port>'],
  [/(nodePort"?: )3\d{4}/g, '$1<port>'],
  // How often an event had come by then is time, too.
  [/\b(\d+[smhd])+ \(x\d+ over [^)]*\)/g, '<age>'],
  [/(reportingInstance"?: "?default-scheduler|default-scheduler, default-scheduler)-[\w-]+/g, '$1-<host>'],
  [/(kube-controller-manager|kube-scheduler)( +)[\w-]+_(<uid>|[0-9a-f-]{36})/g, '$1$2<host>_<uid>'],
  [/\b\d+[smh](\d+s)? ago\b/g, '<age> ago'],
];

/** The parts of a warning of `drain`, which come in no order. */
const parted = (text: string) =>
  text.replace(
    /^(WARNING|Warning): (.*; .*)$/,
    (_, word: string, parts: string) => `${word}: ${parts.split('; ').toSorted().join('; ')}`,
  );

/** One line: what means nothing replaced, ages hidden, columns set two spaces apart. */
function line(text: string): string {
  const replaced = REPLACED.reduce(
    (before, [pattern, placeholder]) => before.replace(pattern, placeholder),
    parted(text),
  );
  const [, indent = '', rest = ''] = /^(\s*)(.*?)\s*$/.exec(replaced) ?? [];
  return (
    indent +
    rest
      .split(/ {2,}/)
      .map((cell) => (AGE.test(cell) ? '<age>' : cell))
      .join('  ')
  );
}

/** The rows of `describe limits`, which come in the order of a Go map, in that of their names. */
function sortedLimits(lines: readonly string[]): string[] {
  const isRow = (text: string) => /^(Container|Pod|PersistentVolumeClaim) /.test(text);
  const rows = lines.filter(isRow).toSorted();
  return lines.map((text) => (isRow(text) ? (rows.shift() ?? text) : text));
}

/** Without the lines of `managedFields`, in YAML or in JSON. */
function withoutManagers(lines: readonly string[]): string[] {
  const kept: string[] = [];
  let inside: { indent: number; json: boolean } | undefined;
  for (const text of lines) {
    const indent = text.search(/\S/);
    if (inside) {
      if (inside.json ? indent > inside.indent : indent > inside.indent || text.startsWith('- ', inside.indent))
        continue;
      const { json } = inside;
      inside = undefined;
      if (json) continue;
    }
    if (/^ *"?managedFields"?:( \[)?$/.test(text)) inside = { indent, json: text.endsWith('[') };
    else kept.push(text);
  }
  return kept;
}

/**
 * What a kubectl said, line by line, as it is compared: each line after the sign of its stream (`|` output, `!` errors,
 * `=` an exit code that is not 0), without what differs from run to run.
 */
export function normalise({ command, code, stdout, stderr }: Said, { namespace, nodes }: Setting): string[] {
  const stream = (text: string) => {
    let named = text.replaceAll(namespace, '$NS');
    if (!nodes) named = named.replaceAll(/\bnode[12]\b/g, 'nodeN');
    // The second column of a description is as far right as its longest title is wide.
    if (command.startsWith('describe')) named = named.replaceAll(/^ {9,}/gm, '        ');
    const lines = named
      .replace(/\n$/, '')
      .split('\n')
      .filter((text) => !OF_A_WATCH.test(text));
    const ordered = command.startsWith('describe limits') ? sortedLimits(lines) : lines;
    const shown = command.includes('--show-managed-fields') ? ordered : withoutManagers(ordered);
    return text === '' ? [] : shown.map(line);
  };
  return [
    ...stream(stdout).map((text) => `|${text}`),
    ...stream(stderr).map((text) => `!${text}`),
    ...(code === 0 ? [] : [`=${code}`]),
  ];
}
