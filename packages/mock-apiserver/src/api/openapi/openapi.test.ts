import { describe, expect, it } from 'vitest';
import { SERVED } from '../resources.ts';
import { pairsOf } from '../wire/reader.ts';
import { writeGnostic } from './gnostic.ts';
import { type GroupVersionKind, gvkOf } from './kinds.ts';
import { openApiV2, openApiV2Protobuf } from './v2.ts';
import { documentHash, openApiV3, openApiV3Index } from './v3.ts';

interface Schema {
  description?: string;
  type?: string;
  properties?: Record<string, Schema>;
  'x-kubernetes-group-version-kind'?: GroupVersionKind[];
}

interface Operation {
  parameters: { name: string }[];
  'x-kubernetes-action': string;
  'x-kubernetes-group-version-kind': GroupVersionKind;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  definitions: Record<string, Schema>;
}

const paths = Object.keys(openApiV3Index().paths as object);
const v3 = (path: string) => JSON.parse(openApiV3(path) ?? 'null') as Document;
const v2 = JSON.parse(openApiV2()) as Document;

/** What a document refers to. */
const references = (text: string, root: string) =>
  [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => (ref.startsWith(root) ? ref.slice(root.length) : ref));

const hasKind = (schemas: Record<string, Schema>, { group, version, kind }: GroupVersionKind) =>
  Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some(
      (gvk) => gvk.group === group && gvk.version === version && gvk.kind === kind,
    ),
  );

describe('OpenAPI', () => {
  it.each(paths)('[M105] %s refers to nothing that it does not hold', (path) => {
    const text = openApiV3(path) ?? '';
    const held = new Set(Object.keys(v3(path).components.schemas));
    expect(references(text, '#/components/schemas/').filter((name) => !held.has(name))).toEqual([]);
    expect(held.size).toBeGreaterThan(5);
  });

  it('[M106] v2 refers to nothing that it does not hold', () => {
    const held = new Set(Object.keys(v2.definitions));
    expect(references(openApiV2(), '#/definitions/').filter((name) => !held.has(name))).toEqual([]);
  });

  it.each(SERVED.map((served) => ({ served, ...gvkOf(served) })))(
    '[M105] $kind of $group/$version is explained in both documents, with its fields and what each is',
    ({ served, ...gvk }) => {
      const path = gvk.group ? `apis/${gvk.group}/${gvk.version}` : `api/${gvk.version}`;
      for (const schemas of [v3(path).components.schemas, v2.definitions]) {
        const schema = hasKind(schemas, gvk);
        expect(schema?.description).toBeTruthy();
        expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(['apiVersion', 'kind']));
      }
      const items = Object.entries(v3(path).paths).filter(([at]) => at.includes(`/${served.resource.plural}`));
      const kinds = items
        .flatMap(([, item]) => Object.values(item))
        .map((each) => each['x-kubernetes-group-version-kind']);
      expect(kinds).toContainEqual(gvk);
    },
  );

  it('[M105] lists say how they merge, and what may be patched says so with its parameters', () => {
    const { components, paths: all } = v3('api/v1');
    expect(components.schemas['io.k8s.api.core.v1.Container']?.properties?.ports).toMatchObject({
      type: 'array',
      'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-patch-merge-key': 'containerPort',
      'x-kubernetes-patch-strategy': 'merge',
    });
    const patch = all['/api/v1/namespaces/{namespace}/pods/{name}']?.patch;
    expect(patch?.['x-kubernetes-action']).toBe('patch');
    expect(patch?.parameters.map(({ name }) => name)).toEqual(['dryRun', 'fieldManager', 'fieldValidation', 'force']);
  });

  it('[M106] the protobuf of v2 holds the same definitions and paths as its JSON', () => {
    const parts = new Map(pairsOf(openApiV2Protobuf()));
    const names = (tag: number) =>
      [...pairsOf(parts.get(tag) as Buffer)].map(([, named]) => String(new Map(pairsOf(named as Buffer)).get(1)));
    expect(names(9)).toEqual(Object.keys(v2.definitions));
    expect(names(8)).toEqual(Object.keys(v2.paths));
  });

  it('[M106] what the protobuf has no place for is told', () => {
    expect(() => writeGnostic({ webhooks: {} })).toThrow('a document has no place for webhooks');
  });

  it('[M105] each document has a hash of its own', () => {
    const hashes = paths.map(documentHash);
    expect(new Set(hashes).size).toBe(paths.length);
    expect(openApiV3Index()).toMatchObject({
      paths: { 'apis/apps/v1': { serverRelativeURL: `/openapi/v3/apis/apps/v1?hash=${documentHash('apis/apps/v1')}` } },
    });
  });
});
