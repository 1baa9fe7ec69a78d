import { expect, it } from 'vitest';
import { withoutManagedFields } from './without-managed-fields.ts';

const fields = [
  { manager: 'kubelet', fieldsV1: { 'f:spec': { 'k:{"name":"]},\\"x"}': { 'f:image': {} } } } },
  { manager: 'kubectl', fieldsV1: {} },
];
const spec = { finalizers: ['kubernetes'], more: [{}] };

it.each<[string, object, object]>([
  [
    'stand last, as of built-in kinds',
    { metadata: { uid: 'u', managedFields: fields }, spec },
    { metadata: { uid: 'u' }, spec },
  ],
  [
    'stand among others, as of custom kinds',
    { metadata: { creationTimestamp: 't', managedFields: fields, name: 'a', uid: 'u' }, spec },
    { metadata: { creationTimestamp: 't', name: 'a', uid: 'u' }, spec },
  ],
  ['are all that follows', { metadata: { name: 'a', managedFields: fields } }, { metadata: { name: 'a' } }],
  [
    'are empty',
    { metadata: { name: 'a', managedFields: [], uid: 'u' }, spec },
    { metadata: { name: 'a', uid: 'u' }, spec },
  ],
  ['were not there', { metadata: { name: 'a' }, spec }, { metadata: { name: 'a' }, spec }],
])('[W76] an object whose managed fields %s reads the same without them', (_name, object, without) => {
  expect(JSON.parse(withoutManagedFields(JSON.stringify(object)))).toEqual(without);
});

it('[W76] an object is left as it is where its managed fields are in a text', () => {
  const json = JSON.stringify({ metadata: { annotations: { note: ',"managedFields":[{}],"' } }, data: {} });
  expect(withoutManagedFields(json)).toBe(json);
});

it('[W76] what is cut where it should not be is no JSON, so that whoever parses it takes it whole', () => {
  for (const key of ['v:"}],"', 'v:}],', 'k:{"name":"}]}"}', 'v:}]}']) {
    const json = JSON.stringify({
      metadata: { name: 'a', managedFields: [{ fieldsV1: { [key]: {} } }], uid: 'u' },
      spec,
    });
    expect(() => JSON.parse(withoutManagedFields(json)), key).toThrow(SyntaxError);
  }
});
