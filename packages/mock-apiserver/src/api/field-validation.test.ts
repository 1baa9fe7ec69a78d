import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';
import { answerResource } from './handler.ts';

const path = '/apis/apps/v1/namespaces/default/deployments';

/** A Deployment, its spec after the text given. */
const deployment = (more = '') => `{
  "metadata": {"name": "web"},
  "spec": {${more} "replicas": 1, "selector": {"matchLabels": {"a": "b"}}, "template": {
    "metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "redis"}]}}}}`;

describe('fieldValidation', () => {
  let lab: Lab;

  beforeEach(() => {
    lab = startLab();
  });

  const send = (method: string, where: string, body: string, contentType = 'application/json') => {
    const url = new URL(where, 'http://test');
    return answerResource({ method, url, accept: undefined, contentType, body: Buffer.from(body) }, lab.api);
  };
  const stored = () => lab.store.get('deployments.apps', { namespace: 'default', name: 'web' });

  it('[M104] Strict refuses unknown and duplicate fields, all in one sentence', () => {
    const body = deployment('"foo": 1, "replicas": 2,');
    expect(() => send('POST', `${path}?fieldValidation=Strict`, body)).toThrow(
      expect.objectContaining({
        reason: 'BadRequest',
        message:
          'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: duplicate field "spec.replicas", unknown field "spec.foo"',
      }),
    );
    expect(stored()).toBeUndefined();
  });

  it('[M104] Warn, which is the default, warns of each; Ignore is silent; neither stores what is unknown', () => {
    expect(send('POST', path, deployment('"foo": 1,')).warnings).toEqual(['unknown field "spec.foo"']);
    expect(stored()?.spec).not.toHaveProperty('foo');
    const again = send('PUT', `${path}/web?fieldValidation=Ignore`, deployment('"foo": 1,'));
    expect(again.warnings).toEqual([]);
    expect(stored()?.spec).not.toHaveProperty('foo');
  });

  it('[M104] YAML is read strictly, too', () => {
    const yaml = 'metadata: {name: web}\ndata:\n  a: "1"\n  a: "2"\n';
    const maps = '/api/v1/namespaces/default/configmaps';
    expect(() => send('POST', `${maps}?fieldValidation=Strict`, yaml, 'application/yaml')).toThrow(
      'strict decoding error: yaml: unmarshal errors:\n  line 4: key "a" already set in map',
    );
    expect(send('POST', maps, yaml, 'application/yaml').body).toMatchObject({ data: { a: '2' } });
  });

  it.each([
    [
      'merge',
      '{"spec":{"foo":1}}',
      /^ "" is invalid: patch: Invalid value: "\{.*\}": strict decoding error: unknown field "spec.foo"$/,
    ],
    [
      'strategic-merge',
      '{"spec":{"foo":1}}',
      /Invalid value: "map\[spec:map\[foo:1\]\]": strict decoding error: unknown field "spec.foo"$/,
    ],
    ['json', '[{"op":"add","path":"/spec/foo","value":1}]', /strict decoding error: unknown field "spec.foo"$/],
    [
      'merge',
      '{"spec":{"replicas":"x"}}',
      /json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32$/,
    ],
    ['strategic-merge', '{"spec":{"replicas":"x"}}', /"map\[spec:map\[replicas:x\]\]": unrecognized type: int32$/],
    ['strategic-merge', '{"spec":{"template":"x"}}', /cannot restore struct from: string$/],
  ])('[M104] a %s patch that would leave what cannot be is Invalid: %s', (type, patch, message) => {
    send('POST', path, deployment());
    const type_ = `application/${type}-patch+json`;
    expect(() => send('PATCH', `${path}/web?fieldValidation=Strict`, patch, type_)).toThrow(
      expect.objectContaining({ reason: 'Invalid', message: expect.stringMatching(message) }),
    );
  });

  it('[M104] a directive that there is not is refused', () => {
    expect(() => send('POST', `${path}?fieldValidation=Maybe`, deployment())).toThrow(
      'CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Maybe": supported values: "", "Ignore", "Strict", "Warn"',
    );
  });

  it('[M102] a patch that changes nothing leaves even what a controller wrote short as it is', () => {
    const short = {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'redis' }] } },
      },
    };
    lab.store.create('replicasets.apps', short);
    const sets = '/apis/apps/v1/namespaces/default/replicasets/web';
    send('PATCH', sets, '{"metadata":{"labels":{"x":"y"}}}', 'application/merge-patch+json');
    const before = lab.store.version;
    send('PATCH', sets, '{"metadata":{"labels":{"x":"y"}}}', 'application/merge-patch+json');
    expect(lab.store.version).toBe(before);
  });
});
