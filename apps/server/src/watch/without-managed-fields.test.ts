import { expect, it } from 'vitest';
import { withoutManagedFields } from './without-managed-fields.ts';

const fields = [{ manager: 'kubelet', fieldsV1: { 'f:spec': { 'k:{"name":"]},\\"x"}': { 'f:image': {} } } } }];

it.each<[string, object, object]>([
  [
    'have been there',
    { metadata: { name: 'a', managedFields: fields }, spec: { x: [1] } },
    { metadata: { name: 'a' }, spec: { x: [1] } },
  ],
  ['are empty', { metadata: { name: 'a', managedFields: [] }, spec: {} }, { metadata: { name: 'a' }, spec: {} }],
  ['were not there', { metadata: { name: 'a' }, spec: [{}] }, { metadata: { name: 'a' }, spec: [{}] }],
])('[W76] an object whose managed fields %s reads the same without them', (_name, object, without) => {
  expect(JSON.parse(withoutManagedFields(JSON.stringify(object)))).toEqual(without);
});

it.each<[string, object]>([
  ['they are in a text', { metadata: { name: 'a', annotations: { note: ',"managedFields":[ ]},"' } }, data: {} }],
  ['something comes after them', { metadata: { name: 'a', managedFields: fields, later: 1 } }],
  ['they are all there is', { metadata: { name: 'a', managedFields: fields } }],
])('[W76] an object is left as it is where %s', (_name, object) => {
  expect(withoutManagedFields(JSON.stringify(object))).toBe(JSON.stringify(object));
});
