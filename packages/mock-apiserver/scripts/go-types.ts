/** A field of a Go struct as its source declares it. */
export interface GoField {
  /** The name in JSON; empty where the struct stands inline. */
  json: string;
  inline: boolean;
  omitEmpty: boolean;
  /** The protobuf tag; 0 where it has none. */
  tag: number;
  /** The type as written, such as `*[]v1.Container`. */
  type: string;
  patchStrategy: string;
  patchMergeKey: string;
  comment: string[];
}

/** A Go type: a struct with its fields, or another name for something. */
export interface GoType {
  name: string;
  comment: string[];
  fields?: GoField[];
  alias?: string;
}

/** What a `types.go` declares. */
export interface GoFile {
  imports: Map<string, string>;
  types: GoType[];
  /** The constants of string types: the type, the value, the comment. */
  constants: { name: string; type: string; value: string; comment: string[] }[];
}

const IMPORT = /^(?:import)?\s*(\w+)?\s*"([\w./-]+)"$/;
const TYPE = /^type (\w+) (?:= )?(.+?)$/;
const FIELD = /^\t(?:(\w+)\s+)?([\w.*[\]]+)\s+`(.*?)`/;
const CONSTANT = /^(?:const|\t)\s*(\w+)\s+(\w+)\s+=\s+"(.*)"/;

function fieldOf(line: string, comment: string[]): GoField | undefined {
  const [, , type, tags = ''] = FIELD.exec(line) ?? [];
  if (type === undefined) return undefined;
  const tag = (name: string) => new RegExp(`(?:^| )${name}:"([^"]*)"`).exec(tags)?.[1] ?? '';
  const [json = '', ...options] = tag('json').split(',');
  if (json === '-') return undefined;
  return {
    json,
    inline: options.includes('inline') || json === '',
    omitEmpty: options.includes('omitempty'),
    tag: Number(tag('protobuf').split(',')[1] ?? 0),
    type,
    patchStrategy: tag('patchStrategy'),
    patchMergeKey: tag('patchMergeKey'),
    comment,
  };
}

/** Reads the declarations of one Go file, which gofmt has laid out. */
export function readGo(source: string): GoFile {
  const file: GoFile = { imports: new Map(), types: [], constants: [] };
  let comment: string[] = [];
  let struct: GoType | undefined;
  for (const line of source.split('\n')) {
    const said = /^\s*\/\/ ?(.*)$/.exec(line);
    if (said) {
      comment.push(said[1] ?? '');
      continue;
    }
    const [, declared, is] = TYPE.exec(line) ?? [];
    const imported = IMPORT.exec(line);
    const constant = CONSTANT.exec(line);
    if (struct && line === '}') struct = undefined;
    else if (struct) {
      const field = fieldOf(line, comment);
      if (field) struct.fields?.push(field);
    } else if (declared !== undefined && is?.startsWith('struct')) {
      const type: GoType = { name: declared, comment, fields: [] };
      file.types.push(type);
      if (is === 'struct {') struct = type;
    } else if (declared !== undefined && is !== undefined) file.types.push({ name: declared, comment, alias: is });
    else if (imported?.[2]) file.imports.set(imported[1] ?? imported[2].split('/').at(-1) ?? '', imported[2]);
    else if (constant) {
      const [, name = '', type = '', value = ''] = constant;
      file.constants.push({ name, type, value, comment });
    }
    comment = [];
  }
  return file;
}

/** The value of a marker such as `+listType=map`; every one of them, as `+listMapKey` may stand twice. */
export function markers(comment: readonly string[], name: string): string[] {
  return comment.filter((line) => line.startsWith(`+${name}=`)).map((line) => line.slice(name.length + 2));
}

/** Whether a marker without a value stands, such as `+optional`. */
export const marked = (comment: readonly string[], name: string) => comment.includes(`+${name}`);

/** The description of a comment, by the rules of kube-openapi (`pkg/generators/openapi.go`, parseAndEmitComments). */
export function description(comment: readonly string[]): string {
  let text = '';
  for (const raw of comment) {
    const line = raw.trimEnd();
    if (line === '---') break;
    if (line === '') text = `${text.replace(/[ \n]$/, '')}\n\n`;
    else if (/^\s*(TODO|\+)/.test(line)) continue;
    else if (/^\s/.test(line)) text = `${text.replace(/[ \n]$/, '')}\n${line}\n`;
    else text += `${line} `;
  }
  return text.trim();
}
