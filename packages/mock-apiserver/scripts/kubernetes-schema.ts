// Writes src/api/schema/kubernetes.json from the Go source of Kubernetes' API types:
//
//   node packages/mock-apiserver/scripts/kubernetes-schema.ts K8S_IO_API K8S_IO_APIMACHINERY
//
// where the arguments are the folders of the modules k8s.io/api and k8s.io/apimachinery at one version.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { description, type GoField, type GoFile, type GoType, marked, markers, readGo } from './go-types.ts';

/** The packages whose kinds the table holds, in the order of its rows. */
const PACKAGES = [
  'core/v1',
  'apps/v1',
  'authentication/v1',
  'authorization/v1',
  'autoscaling/v1',
  'autoscaling/v2',
  'autoscaling/v2beta2',
  'batch/v1',
  'batch/v1beta1',
  'certificates/v1',
  'coordination/v1',
  'discovery/v1',
  'discovery/v1beta1',
  'events/v1',
  'extensions/v1beta1',
  'networking/v1',
  'node/v1',
  'policy/v1',
  'policy/v1beta1',
  'rbac/v1',
  'scheduling/v1',
  'storage/v1',
];

/** Packages of which only some kinds are asked for. */
const CHOSEN: Record<string, string[]> = {
  'meta/v1': ['DeleteOptions', 'Status'],
  'batch/v1beta1': ['CronJob', 'CronJobList'],
  'discovery/v1beta1': ['EndpointSlice', 'EndpointSliceList'],
  'autoscaling/v2beta2': ['HorizontalPodAutoscaler', 'HorizontalPodAutoscalerList'],
  'extensions/v1beta1': ['Deployment', 'DeploymentList', 'Ingress', 'IngressList'],
  'policy/v1beta1': ['PodDisruptionBudget', 'PodDisruptionBudgetList'],
};

/** Types with a wire form of their own, by where they are declared. */
const OWN_FORM: Record<string, string> = {
  'meta/v1.Time': 'Time',
  'meta/v1.MicroTime': 'MicroTime',
  'meta/v1.Duration': 'Duration',
  'meta/v1.FieldsV1': 'FieldsV1',
  'k8s.io/apimachinery/pkg/api/resource.Quantity': 'Quantity',
  'k8s.io/apimachinery/pkg/util/intstr.IntOrString': 'IntOrString',
  'k8s.io/apimachinery/pkg/runtime.RawExtension': 'RawExtension',
  'authentication/v1.ExtraValue': 'Strings',
  'authorization/v1.ExtraValue': 'Strings',
  'certificates/v1.ExtraValue': 'Strings',
};

const SCALARS = new Set(['string', 'bool', 'int32', 'int64', 'float64', 'byte']);

interface Declared {
  type: GoType;
  package: string;
  file: GoFile;
}

/** What is said of a value, without the name of its constant (kube-openapi `pkg/generators/enum.go`). */
function aboutValue(constant: string, comment: readonly string[]): string {
  const said = description(comment).replaceAll(/\s+/g, ' ');
  return said.startsWith(constant) ? said.slice(constant.length).trim() : said;
}

function readPackages(api: string, machinery: string) {
  const declared = new Map<string, Declared>();
  const enums = new Map<string, [value: string, description: string][]>();
  const read = (name: string, folder: string) => {
    for (const entry of readdirSync(folder).filter(
      (each) => /^types(_\w+)?\.go$/.test(each) && !each.includes('swagger'),
    )) {
      const file = readGo(readFileSync(join(folder, entry), 'utf8'));
      for (const type of file.types) declared.set(`${name}.${type.name}`, { type, package: name, file });
      for (const { name: constant, type, value, comment } of file.constants) {
        const values = enums.get(`${name}.${type}`) ?? [];
        if (!values.some(([known]) => known === value)) values.push([value, aboutValue(constant, comment)]);
        enums.set(`${name}.${type}`, values);
      }
    }
  };
  for (const name of PACKAGES) read(name, join(api, name));
  read('meta/v1', join(machinery, 'pkg/apis/meta/v1'));
  return { declared, enums };
}

function packageOf(path: string): string {
  return path.replace(/^k8s\.io\/api\//, '').replace(/^k8s\.io\/apimachinery\/pkg\/apis\//, '');
}

/** The table, built from the kinds down to whatever they reach. */
function build(api: string, machinery: string): string {
  const { declared, enums } = readPackages(api, machinery);
  const rows = new Map<string, string[]>();
  const usedEnums = new Set<string>();

  /** A type as a row names it: `string`, `Quantity`, `core/v1.Container`; undefined enum where it has none. */
  const resolve = (written: string, from: Declared): { type: string; enum?: string } => {
    if (written.startsWith('*')) return resolve(written.slice(1), from);
    if (written === '[]byte') return { type: 'bytes' };
    if (written.startsWith('[]')) {
      const item = resolve(written.slice(2), from);
      return { ...item, type: `[]${item.type}` };
    }
    const map = /^map\[[\w.]+\](.+)$/.exec(written);
    if (map?.[1]) return { type: `map ${resolve(map[1], from).type}` };
    if (SCALARS.has(written)) return { type: written };
    const [alias, bare] = written.includes('.') ? written.split('.', 2) : [undefined, written];
    const path = alias === undefined ? from.package : packageOf(from.file.imports.get(alias) ?? alias);
    const name = `${path}.${bare}`;
    const own = OWN_FORM[name];
    if (own) return { type: own };
    if (path === 'k8s.io/apimachinery/pkg/types') return { type: 'string' };
    const target = declared.get(name);
    if (!target) throw new Error(`${written} in ${from.package}.${from.type.name} is declared nowhere that was read`);
    if (target.type.alias !== undefined) {
      const aliased = resolve(target.type.alias, target);
      if (!marked(target.type.comment, 'enum') || !enums.has(name)) return aliased;
      usedEnums.add(name);
      return { ...aliased, enum: name };
    }
    add(name);
    return { type: name };
  };

  const marks = (field: GoField, resolved: { type: string; enum?: string }): string => {
    const { comment } = field;
    const optional = field.omitEmpty || marked(comment, 'optional');
    const fallback = markers(comment, 'default')[0];
    const [list] = markers(comment, 'listType');
    const parts = [
      field.type.startsWith('*') && '*',
      optional && '?',
      field.omitEmpty && 'omitempty',
      field.patchStrategy && `patch=${field.patchStrategy}`,
      field.patchMergeKey && `key=${field.patchMergeKey}`,
      list && `list=${list}`,
      list === 'map' && `keys=${markers(comment, 'listMapKey').join(',')}`,
      ...markers(comment, 'mapType').map((type) => `map=${type}`),
      ...markers(comment, 'structType').map((type) => `struct=${type}`),
      fallback?.startsWith('"') && fallback !== '""' && `default=${JSON.parse(fallback)}`,
      resolved.enum && `enum=${resolved.enum}`,
    ];
    return parts.filter(Boolean).join(' ');
  };

  const add = (name: string): void => {
    if (rows.has(name)) return;
    const lines: string[] = [];
    rows.set(name, lines);
    const from = declared.get(name);
    if (!from?.type.fields) throw new Error(`${name} is no struct`);
    const struct = markers(from.type.comment, 'structType')[0] ?? '';
    lines.push(JSON.stringify([struct, description(from.type.comment)]));
    for (const field of from.type.fields) {
      const resolved = resolve(field.type, from);
      const row = [
        field.inline ? '' : field.json,
        field.tag,
        resolved.type,
        marks(field, resolved),
        description(field.comment),
      ];
      lines.push(JSON.stringify(row));
    }
  };

  for (const [name, { type, package: group }] of declared) {
    const kind = type.fields?.some(({ type: of, inline }) => inline && /(^|\.)TypeMeta$/.test(of));
    if (kind && (CHOSEN[group]?.includes(type.name) ?? !/Options$/.test(name))) add(name);
  }

  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const types = sorted.map(([name, lines]) => `${JSON.stringify(name)}: [\n${lines.join(',\n')}\n]`);
  const values = [...usedEnums].sort().map((name) => {
    const list = [...(enums.get(name) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return `${JSON.stringify(name)}: ${JSON.stringify(list)}`;
  });
  return `{\n"types": {\n${types.join(',\n')}\n},\n"enums": {\n${values.join(',\n')}\n}\n}\n`;
}

const [api, machinery] = process.argv.slice(2);
if (api === undefined || machinery === undefined) {
  process.stderr.write('usage: kubernetes-schema.ts FOLDER_OF_K8S_IO_API FOLDER_OF_K8S_IO_APIMACHINERY\n');
  process.exitCode = 2;
} else {
  const target = new URL('../src/api/schema/kubernetes.json', import.meta.url);
  writeFileSync(target, build(api, machinery));
}
