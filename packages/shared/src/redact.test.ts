import { describe, expect, it } from 'vitest';
import { REDACTED, redact } from './redact.ts';
import { anyObject, container, metadata } from './testing/objects.ts';

const CANARY = 'canary-7f3a';

/** A pod template with a canary in every place that may hold a secret, and `kept` in those that must stay. */
const template = {
  metadata: {
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': CANARY,
      'vault.example.com/token': CANARY,
      'example.com/note': 'kept',
    },
  },
  spec: {
    containers: [
      {
        ...container('main'),
        env: [
          { name: 'kept', value: CANARY },
          { name: 'b', valueFrom: { secretKeyRef: { name: 'kept', key: 'kept' } } },
        ],
        command: ['sh', '-c', `PASSWORD=${CANARY} serve`],
        args: [
          `--api-key=${CANARY}`,
          '--token',
          CANARY,
          '--port=8080',
          '--secret',
          '--password',
          CANARY,
          `postgres://user:${CANARY}@db/x`,
        ],
        livenessProbe: { httpGet: { path: '/kept', httpHeaders: [{ name: 'Authorization', value: CANARY }] } },
      },
    ],
    initContainers: [{ ...container('init'), env: [{ name: 'kept', value: CANARY }] }],
  },
};

describe('redact', () => {
  it.each([
    ['a pod', { ...template, metadata: metadata('p', template.metadata) }],
    ['a deployment', { spec: { template } }],
    ['a cron job', { spec: { jobTemplate: { spec: { template } } } }],
    ['a controller revision', { data: { spec: { template } } }],
    ['a Secret', { kind: 'Secret', data: { a: CANARY }, stringData: { b: CANARY } }],
    ['a ConfigMap', { kind: 'ConfigMap', data: { a: CANARY }, binaryData: { b: CANARY } }],
    ['a Secret out of a list, without its kind', { type: 'Opaque', data: { a: CANARY } }],
    ['managed fields', { metadata: { ...metadata('m'), managedFields: [{ fieldsV1: { [CANARY]: {} } }] } }],
    [
      'a token under a harmless name',
      { metadata: metadata('t', { annotations: { note: `eyJhbGciOiJI.${CANARY}.sig` } }) },
    ],
    ['a key under a harmless name', { metadata: metadata('k', { annotations: { note: `-----BEGIN KEY ${CANARY}` } }) }],
  ])('[K16] lets no secret out of %s', (_name, parts) => {
    const text = JSON.stringify(redact(anyObject(parts)));
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain('managedFields');
    expect(text).not.toContain('last-applied');
  });

  it('[K16] keeps names, references, harmless values and the keys of data', () => {
    const redacted = redact(anyObject({ spec: { template } }));
    expect(redacted).toMatchObject({
      spec: {
        template: {
          metadata: { annotations: { 'example.com/note': 'kept', 'vault.example.com/token': REDACTED } },
          spec: {
            containers: [
              {
                image: 'main:1',
                env: [
                  { name: 'kept', value: REDACTED },
                  { name: 'b', valueFrom: { secretKeyRef: { name: 'kept', key: 'kept' } } },
                ],
                command: ['sh', '-c', REDACTED],
                args: [
                  `--api-key=${REDACTED}`,
                  '--token',
                  REDACTED,
                  '--port=8080',
                  '--secret',
                  '--password',
                  REDACTED,
                  REDACTED,
                ],
              },
            ],
          },
        },
      },
    });
    expect(redact(anyObject({ kind: 'Secret', data: { key: CANARY } }))).toMatchObject({ data: { key: REDACTED } });
  });

  it.each([
    ['Authorization: Bearer canary', REDACTED],
    ['curl -H "authorization: Basic canary" http://web', REDACTED],
    ['--db-pass=canary', `--db-pass=${REDACTED}`],
    ['MYSQL_PWD=canary mysqld', REDACTED],
    ['redis://:canary@cache:6379', REDACTED],
    ['--bypass=kept', '--bypass=kept'],
    ['--author=kept', '--author=kept'],
    ['--certificate-authority=/kept.crt', '--certificate-authority=/kept.crt'],
  ])('[K16] the argument %s leaves as %s', (given, left) => {
    expect(redact(anyObject({ spec: { containers: [{ args: [given] }] } }))).toMatchObject({
      spec: { containers: [{ args: [left] }] },
    });
  });

  it('[K16] does not touch the object it was given', () => {
    const object = anyObject({ spec: { template } });
    const before = JSON.stringify(object);
    redact(object);
    expect(JSON.stringify(object)).toBe(before);
  });
});
