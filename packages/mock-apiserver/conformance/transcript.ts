/** What one run of kubectl printed. `code` is its exit code, -1 when it was stopped. */
export interface Said {
  command: string;
  code: number;
  stdout: string;
  stderr: string;
}

/** What a scene's runs of kubectl printed, in order. */
export interface Transcript {
  scene: string;
  /** The version of kubectl, and the control plane's: `v1.20.2`. */
  kubectl: string;
  server: string;
  said: readonly Said[];
}

const marked = (mark: string, text: string) =>
  text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => `${mark}${line}`);

/** A transcript as text: `$ command`, then its lines of standard output after `|`, of standard error after `!`, its code after `=`. */
export function format({ scene, kubectl, server, said }: Transcript): string {
  const lines = said.flatMap(({ command, code, stdout, stderr }) => [
    `$ ${command.replaceAll('\n', '\\n')}`,
    ...marked('|', stdout),
    ...marked('!', stderr),
    ...(code === 0 ? [] : [`= ${code}`]),
  ]);
  return [`# ${scene}: kubectl ${kubectl}, control plane ${server}`, ...lines, ''].join('\n');
}

/** The transcript that `format` wrote. */
export function parse(text: string): Transcript {
  const [head = '', ...lines] = text.split('\n');
  const [, scene, kubectl, server] = /^# (\S+): kubectl (\S+), control plane (\S+)$/.exec(head) ?? [];
  if (scene === undefined || kubectl === undefined || server === undefined)
    throw new Error(`not a transcript: it begins with "${head}"`);
  const said: Said[] = [];
  for (const line of lines) {
    const last = said.at(-1);
    if (line.startsWith('$ '))
      said.push({ command: line.slice(2).replaceAll('\\n', '\n'), code: 0, stdout: '', stderr: '' });
    else if (last === undefined) continue;
    else if (line.startsWith('|')) last.stdout += `${line.slice(1)}\n`;
    else if (line.startsWith('!')) last.stderr += `${line.slice(1)}\n`;
    else if (line.startsWith('= ')) last.code = Number(line.slice(2));
  }
  return { scene, kubectl, server, said };
}
