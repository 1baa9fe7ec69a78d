/** One number under its labels. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** The samples of one name. */
export interface Family {
  name: string;
  type: 'counter' | 'gauge';
  help: string;
  samples: readonly Sample[];
}

/** A family whose type follows from its name: what ends in `_total` counts. */
export function family(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: name.endsWith('_total') ? 'counter' : 'gauge', help, samples };
}

/** Prometheus' text format 0.0.4; a family without samples is left out. */
export function write(families: readonly Family[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, type, help, samples }) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => line(name, sample)), ''].join(
        '\n',
      ),
    )
    .join('');
}

function line(name: string, { labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text.replace(/[\\"\n]/g, escaped)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escaped(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
