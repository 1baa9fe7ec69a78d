import type { Deployment, Json, KubeObject } from '@portolan/shared';
import { seededRandom } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { anyObject } from '../../testing/any-object.ts';
import { type Lab, startLab } from '../../testing/lab.ts';
import { answerResource } from '../handler.ts';
import { isObject, type JsonObject } from '../patch/json.ts';
import { asTyped } from '../schema/typed.ts';
import {
  difference,
  fromFieldsV1,
  intersection,
  isEmptySet,
  pathsOf,
  printPath,
  toFieldsV1,
  union,
} from './field-set.ts';
import { shapeOf } from './shape.ts';
import { compare, fieldsOf, isSame, mergeValues, withoutFields } from './walk.ts';

type Entry = { manager: string; operation: string; subresource?: string; time: string; fieldsV1: JsonObject };

const path = '/apis/apps/v1/namespaces/default/deployments';
const APPLY = 'application/apply-patch+yaml';

/** A Deployment of one container, what `spec` says above the rest of its spec. */
const deployment = (spec: JsonObject = { replicas: 1 }, container: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: {
    ...spec,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'redis', ports: [{ containerPort: 80 }], ...container }] },
    },
  },
});

describe('server-side apply', () => {
  let lab: Lab;

  beforeEach(() => {
    lab = startLab();
  });

  const send = (method: string, where: string, body: unknown, contentType = 'application/json') =>
    answerResource(
      {
        method,
        url: new URL(where, 'http://test'),
        accept: undefined,
        contentType,
        userAgent: 'tester/v1.0 (linux)',
        body: Buffer.from(JSON.stringify(body)),
      },
      lab.api,
    );
  const apply = (manager: string, config: JsonObject, more = '') =>
    send('PATCH', `${path}/web?fieldManager=${manager}${more}`, config, APPLY);
  const stored = () => lab.store.need('deployments.apps', { namespace: 'default', name: 'web' });
  const managed = (object: KubeObject = stored()) =>
    (object.metadata as unknown as { managedFields?: Entry[] }).managedFields ?? [];
  const ownersOf = (field: string) =>
    managed()
      .filter(({ fieldsV1 }) =>
        [...pathsOf(fromFieldsV1(fieldsV1) ?? { children: new Map() })].map(printPath).includes(field),
      )
      .map(({ manager }) => manager)
      .sort();

  it('[M107] an object that is applied is made, and its applier owns exactly what it configured', () => {
    expect(apply('alice', deployment()).status).toBe(201);
    expect(managed()).toEqual([
      {
        manager: 'alice',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: expect.any(String),
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:replicas': {},
            'f:selector': {},
            'f:template': {
              'f:metadata': { 'f:labels': { 'f:app': {} } },
              'f:spec': {
                'f:containers': {
                  'k:{"name":"c"}': {
                    '.': {},
                    'f:image': {},
                    'f:name': {},
                    'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } },
                  },
                },
              },
            },
          },
        },
      },
    ]);
    expect(stored().spec.template.spec.containers[0]?.imagePullPolicy).toBe('Always');
  });

  it('[M107] applied again, nothing is written, not even a time', () => {
    apply('alice', deployment());
    lab.seconds(5);
    const before = structuredClone(managed());
    const { resourceVersion } = stored().metadata;
    expect(apply('alice', deployment()).status).toBe(200);
    expect(stored().metadata.resourceVersion).toBe(resourceVersion);
    expect(managed()).toEqual(before);
  });

  it('[M108] what another set to another value is a conflict that names it; the same value is shared', () => {
    apply('alice', deployment());
    expect(() => apply('bob', deployment({ replicas: 2 }))).toThrow(
      expect.objectContaining({
        reason: 'Conflict',
        message: 'Apply failed with 1 conflict: conflict with "alice": .spec.replicas',
        details: {
          causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "alice"', field: '.spec.replicas' }],
        },
      }),
    );
    expect(() => apply('bob', deployment({ replicas: 2 }, { image: 'valkey' }))).toThrow(
      'Apply failed with 2 conflicts: conflicts with "alice":\n- .spec.replicas\n- .spec.template.spec.containers[name="c"].image',
    );
    apply('bob', deployment());
    expect(ownersOf('.spec.replicas')).toEqual(['alice', 'bob']);
  });

  it('[M108] forced, the field is taken from the other', () => {
    apply('alice', deployment());
    apply('bob', deployment({ replicas: 2 }), '&force=true');
    expect(stored().spec.replicas).toBe(2);
    expect(ownersOf('.spec.replicas')).toEqual(['bob']);
    expect(ownersOf('.spec.selector')).toEqual(['alice', 'bob']);
  });

  it('[M108] who created, updated, patched or scaled owns what that changed, by its user agent or as it says', () => {
    send('POST', path, deployment());
    expect(managed()).toMatchObject([{ manager: 'tester', operation: 'Update' }]);
    send('PATCH', `${path}/web?fieldManager=me`, { metadata: { labels: { x: 'y' } } }, 'application/merge-patch+json');
    expect(ownersOf('.metadata.labels.x')).toEqual(['me']);
    send('PATCH', `${path}/web/scale?fieldManager=ops`, { spec: { replicas: 3 } }, 'application/merge-patch+json');
    expect(ownersOf('.spec.replicas')).toEqual(['ops']);
    expect(managed().find(({ manager }) => manager === 'ops')?.subresource).toBe('scale');
    expect(() => apply('alice', deployment())).toThrow(
      'conflict with "ops" with subresource "scale" using apps/v1: .spec.replicas',
    );
    send('PUT', `${path}/web?fieldManager=me`, deployment({ replicas: 4 }));
    expect(ownersOf('.spec.replicas')).toEqual(['me']);
    expect(ownersOf('.metadata.labels.x')).toEqual([]);
  });

  it('[M109] what is not configured any more goes, unless somebody else owns it', () => {
    const withEnv = (...names: string[]) => deployment({}, { env: names.map((name) => ({ name, value: '1' })) });
    apply('alice', withEnv('A', 'B', 'C'));
    apply('bob', withEnv('B'));
    apply('alice', withEnv('C'));
    expect(stored().spec.template.spec.containers[0]?.env?.map(({ name }) => name)).toEqual(['B', 'C']);
    apply('bob', deployment({}));
    expect(stored().spec.template.spec.containers[0]?.env?.map(({ name }) => name)).toEqual(['C']);
    apply('alice', deployment({}));
    expect(stored().spec.template.spec.containers[0]?.env).toBeUndefined();
  });

  it('[M109] what nobody was booked for belongs to "before-first-apply"', () => {
    const { value } = asTyped('apps/v1.Deployment', {
      ...deployment(),
      metadata: { name: 'web', namespace: 'default' },
    });
    lab.store.create('deployments.apps', value as unknown as Deployment);
    expect(managed()).toEqual([]);
    send('PATCH', `${path}/web`, { metadata: { labels: { x: 'y' } } }, 'application/merge-patch+json');
    expect(managed()).toEqual([]);
    expect(() => apply('alice', deployment({ replicas: 2 }))).toThrow(
      'conflict with "before-first-apply" using apps/v1: .spec.replicas',
    );
    apply('alice', deployment());
    expect(ownersOf('.spec.replicas')).toEqual(['alice', 'before-first-apply']);
  });

  it('[M109] kubectl takes over what it applied on its side, and keeps its annotation up', () => {
    const last = 'kubectl.kubernetes.io/last-applied-configuration';
    const first = deployment({ replicas: 1 });
    const annotated = { ...first, metadata: { name: 'web', annotations: { [last]: JSON.stringify(first) } } };
    send('POST', `${path}?fieldManager=kubectl-client-side-apply`, annotated);
    apply('kubectl', deployment({ replicas: 2 }));
    expect(stored().spec.replicas).toBe(2);
    expect(JSON.parse(stored().metadata.annotations?.[last] ?? '')).toEqual(deployment({ replicas: 2 }));
  });

  it('[M108] managers may be rewritten or forgotten through the object itself', () => {
    send('POST', path, deployment());
    const [entry] = managed();
    const rename = [{ op: 'replace', path: '/metadata/managedFields', value: [{ ...entry, manager: 'other' }] }];
    send('PATCH', `${path}/web`, rename, 'application/json-patch+json');
    expect(managed().map(({ manager }) => manager)).toEqual(['other']);
    const forget = [{ op: 'replace', path: '/metadata/managedFields', value: [{}] }];
    send('PATCH', `${path}/web`, forget, 'application/json-patch+json');
    expect(managed()).toEqual([]);
  });

  it('[M108] of those that update, the oldest are put together when there are more than ten', () => {
    send('POST', path, deployment());
    for (let index = 0; index < 12; index += 1) {
      lab.seconds(1);
      const labels = { metadata: { labels: { [`l${index}`]: 'x' } } };
      send('PATCH', `${path}/web?fieldManager=m${index}`, labels, 'application/merge-patch+json');
    }
    expect(managed().length).toBe(10);
    expect(managed()[0]?.manager).toBe('ancient-changes');
    expect(ownersOf('.metadata.labels.l0')).toEqual(['ancient-changes']);
  });

  it.each([
    [
      { ...deployment({ foo: 1 }) },
      '',
      'Unknown',
      '(default/web; apps/v1, Kind=Deployment): .spec.foo: field not declared in schema',
    ],
    [deployment({ replicas: 'x' }), '', 'Unknown', '.spec.replicas: expected numeric (int or float), got string'],
    [
      deployment({}, { env: [{ name: 'A' }, { name: 'A' }] }),
      '',
      'Unknown',
      '.env: duplicate entries for key [name="A"]',
    ],
    [
      deployment({}, { env: [{ value: 'A' }] }),
      '',
      'Unknown',
      'omits key field "name" (and doesn\'t have default value)',
    ],
    [{ ...deployment(), kind: 'Pod' }, '', 'BadRequest', 'invalid object type: apps/v1, Kind=Pod'],
    [
      { ...deployment(), metadata: { name: 'web', managedFields: [] } },
      '',
      'BadRequest',
      'metadata.managedFields must be nil',
    ],
    [
      { ...deployment(), metadata: { name: 'web', uid: 'x' } },
      '',
      'Conflict',
      'uid mismatch: the provided object specified uid x',
    ],
  ])('[M107] what cannot be applied is refused: %j', (config, more, reason, message) => {
    expect(() => apply('alice', config as JsonObject, more)).toThrow(
      expect.objectContaining({ reason, message: expect.stringContaining(message) }),
    );
  });

  it('[M107] whoever applies says who it is', () => {
    expect(() => send('PATCH', `${path}/web`, deployment(), APPLY)).toThrow(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });

  it('[M107] a dry run shows what would be and who would own it, and leaves all as it is', () => {
    const shown = apply('alice', deployment(), '&dryRun=All').body as KubeObject;
    expect(managed(shown).map(({ manager }) => manager)).toEqual(['alice']);
    expect(() => stored()).toThrow('not found');
  });

  it('[M108] fields that the cluster assigns belong to whoever names them', () => {
    const services = '/api/v1/namespaces/default/services';
    const spec = { type: 'NodePort', selector: { a: 'b' }, ports: [{ port: 80 }] };
    send('POST', services, { metadata: { name: 'web' }, spec });
    const service = lab.store.need('services', { namespace: 'default', name: 'web' });
    const [entry] = managed(service);
    const fields = [...pathsOf(fromFieldsV1(entry?.fieldsV1 ?? {}) ?? { children: new Map() })].map(printPath);
    expect(fields).toContain('.spec.type');
    expect(fields.filter((field) => /clusterIP|nodePort/.test(field))).toEqual([]);
  });
});

/** A value without what is empty: an empty map is a field of its own only as long as nothing is put into it. */
function full(value: Json): Json {
  if (Array.isArray(value)) return value.map(full);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, full(inner)] as const);
  const isFull = (inner: Json) => inner !== null && !(isObject(inner) && Object.keys(inner).length === 0);
  return Object.fromEntries(entries.filter(([, inner]) => isFull(inner)));
}

describe('field sets', () => {
  const types = ['core/v1.Pod', 'apps/v1.Deployment', 'core/v1.Service', 'core/v1.Node', 'networking/v1.Ingress'];
  const sample = (type: string, seed: number) => full(asTyped(type, anyObject(type, seededRandom(seed), 6)).value);

  it.each(types)(
    '[M107] the fields of a %s are written and read as themselves, and are its difference from nothing',
    (type) => {
      for (let seed = 1; seed <= 30; seed += 1) {
        const shape = shapeOf(type);
        const set = fieldsOf(shape, sample(type, seed));
        expect(toFieldsV1(fromFieldsV1(toFieldsV1(set)) ?? { children: new Map() })).toEqual(toFieldsV1(set));
        const { added, modified, removed } = compare(shape, {}, sample(type, seed));
        expect([...pathsOf(difference(set, added))]).toEqual([]);
        expect(isEmptySet(modified) && isEmptySet(removed)).toBe(true);
      }
    },
  );

  it.each(types)(
    '[M109] what is merged into a %s stands there, nothing else is lost, and taken out again it is gone',
    (type) => {
      for (let seed = 1; seed <= 30; seed += 1) {
        const shape = shapeOf(type);
        const [live, config] = [sample(type, seed), sample(type, seed + 1000)];
        const merged = mergeValues(shape, live, config) ?? {};
        const [liveSet, configSet, mergedSet] = [live, config, merged].map((value) => fieldsOf(shape, value));
        if (!liveSet || !configSet || !mergedSet) throw new Error('three values have three sets');
        expect([...pathsOf(difference(configSet, mergedSet))]).toEqual([]);
        expect([...pathsOf(difference(mergedSet, union(liveSet, configSet)))]).toEqual([]);
        expect(isSame(compare(shape, mergeValues(shape, merged, config) ?? {}, merged))).toBe(true);
        expect(isSame(compare(shape, mergeValues(shape, live, live) ?? {}, live))).toBe(true);
        const left = withoutFields(shape, merged, configSet);
        expect([...pathsOf(intersection(fieldsOf(shape, left), configSet))]).toEqual([]);
      }
    },
  );
});
