import { describe, expect, it } from 'vitest';
import { asTyped } from '../schema/typed.ts';
import { decodeProtobuf } from './protobuf.ts';

/** What kubectl 1.32 wrote for `create namespace shop`. */
const NAMESPACE = 'azhzAAoPCgJ2MRIJTmFtZXNwYWNlEhwKFAoEc2hvcBIAGgAiACoAMgA4AEIAEgAaAgoAGgAiAA==';

/** What kubectl 1.32 wrote for `create deployment web --image=redis:7 --replicas=0 --port=6379`. */
const DEPLOYMENT =
  'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50Er8BCiMKA3dlYhIAGgRzaG9wIgAqADIAOABCAFoKCgNhcHASA3dlYhKJAQgAEgwKCgoDYXBwEgN3ZWIabwocCgASABoAIgAqADIAOABCAFoKCgNhcHASA3dlYhJPEjEKBXJlZGlzEgdyZWRpczo3KgAyCwoAEAAY6zEiACoAQgBqAHIAgAEAiAEAkAEAogEAGgAyAEIASgBSAFgAYABoAIIBAIoBAJoBAMIBACICCgAoADgAGgwIABAAGAAgACgAOAAaACIA';

/** What it wrote for `create service nodeport web --tcp=80:8080`. */
const SERVICE =
  'azhzAAoNCgJ2MRIHU2VydmljZRJsCiMKA3dlYhIAGgRzaG9wIgAqADIAOABCAFoKCgNhcHASA3dlYhJBChsKBzgwLTgwODASA1RDUBhQIgcIABCQPxoAKAASCgoDYXBwEgN3ZWIaACIITm9kZVBvcnQ6AEIAUgBaAGAAaAAaAgoAGgAiAA==';

const bytes = (base64: string) => Buffer.from(base64, 'base64');

/** A ConfigMap around the fields given, as it would stand on the wire. */
const configMap = (raw: number[]) =>
  Buffer.concat([
    Buffer.from('k8s\0'),
    Buffer.from([10, 15, 10, 2]),
    Buffer.from('v1'),
    Buffer.from([18, 9]),
    Buffer.from('ConfigMap'),
    Buffer.from([18, raw.length, ...raw]),
  ]);

describe('what typed clients write', () => {
  it('[M101] a Namespace is read from protobuf, without what is unset', () => {
    expect(decodeProtobuf(bytes(NAMESPACE))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', creationTimestamp: null },
      spec: {},
      status: {},
    });
  });

  it('[M101] a Deployment is read from protobuf, a size of zero kept', () => {
    expect(decodeProtobuf(bytes(DEPLOYMENT))).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' }, creationTimestamp: null },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'web' } },
        strategy: {},
        template: {
          metadata: { labels: { app: 'web' }, creationTimestamp: null },
          spec: { containers: [{ name: 'redis', image: 'redis:7', ports: [{ containerPort: 6379 }], resources: {} }] },
        },
      },
      status: {},
    });
  });

  it('[M101] a Service is read from protobuf, its target port as the number it is', () => {
    expect(decodeProtobuf(bytes(SERVICE))).toMatchObject({
      kind: 'Service',
      spec: { type: 'NodePort', ports: [{ name: '80-8080', protocol: 'TCP', port: 80, targetPort: 8080 }] },
    });
  });

  it.each([
    ['no protobuf', Buffer.from('{}'), 'BadRequest', 'expected prefix'],
    ['a body that breaks off', bytes(NAMESPACE).subarray(0, 30), 'BadRequest', 'breaks off within a field'],
    ['a number that breaks off', configMap([0x80]), 'BadRequest', 'breaks off within a number'],
    ['a wire type not used', configMap([0x0d, 1, 2, 3, 4]), 'BadRequest', 'wire type 5'],
    ['a kind not known', Buffer.from('k8s\0'), 'UnsupportedMediaType', 'an object without a kind'],
  ])('[M101] %s is refused', (_what, body, reason, message) => {
    expect(() => decodeProtobuf(body)).toThrow(
      expect.objectContaining({ reason, message: expect.stringContaining(message) }),
    );
  });

  it('[M101] a tag that a type does not have is passed over, as by any reader of protobuf', () => {
    expect(decodeProtobuf(configMap([0x7a, 1, 65]))).toEqual({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  it.each([
    [{ spec: { replicas: 'x' } }, 'string into Go struct field DeploymentSpec.spec.replicas of type int32'],
    [{ spec: { replicas: 1.5 } }, 'number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32'],
    [
      { spec: { replicas: 2 ** 31 } },
      'number 2147483648 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
    [{ spec: { paused: 'yes' } }, 'string into Go struct field DeploymentSpec.spec.paused of type bool'],
    [{ spec: [] }, 'array into Go struct field Deployment.spec of type v1.DeploymentSpec'],
    [
      { spec: { template: { spec: { containers: {} } } } },
      'object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
    [{ metadata: { labels: { a: true } } }, 'bool into Go struct field ObjectMeta.metadata.labels of type string'],
  ])('[M79] a field of another type is named with the type it should have: %j', (object, message) => {
    expect(() => asTyped('apps/v1.Deployment', object)).toThrow(`json: cannot unmarshal ${message}`);
  });

  it('[M79] nulls, quantities and percentages pass', () => {
    const spec = {
      replicas: null,
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
      template: { spec: { containers: [{ name: 'a', resources: { requests: { cpu: 0.5, memory: '1024Mi' } } }] } },
    };
    expect(asTyped('apps/v1.Deployment', { spec }).value).toMatchObject({
      spec: {
        strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 1 } },
        template: { spec: { containers: [{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }] } },
      },
    });
  });
});
