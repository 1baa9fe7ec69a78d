import { expect, it } from 'vitest';
import { Dice } from '../../testing/dice.ts';
import { ListBytes } from './list-bytes.ts';

/** What comes of a document that arrives in pieces of at most so many bytes: its items and what is answered at the end. */
function read(json: string, most: number, dice = new Dice(1)) {
  const items: unknown[] = [];
  const bytes = new ListBytes((item, list) => items.push([item, list.kind]));
  const all = Buffer.from(json);
  for (let at = 0; at < all.length; ) {
    const end = Math.min(all.length, at + dice.between(1, most));
    bytes.push(all.subarray(at, end));
    at = end;
    while (bytes.step());
  }
  return { items, answer: bytes.end() };
}

const list = (items: object[], more: object = {}) => ({
  kind: 'StatefulSetList',
  apiVersion: 'apps/v1',
  metadata: { resourceVersion: '7', continue: 'x', remainingItemCount: 3 },
  items,
  ...more,
});

/** Objects with all that could be taken for where an item ends. */
const objects = (dice: Dice): object[] =>
  Array.from({ length: dice.between(1, 6) }, (_, index) => ({
    metadata: {
      name: `e\u0301-海图-${index}`,
      annotations: {
        note: dice.pick(['},{"metadata":{', ']}', '"items":[{"metadata":{', '\\"', ',"managedFields":[']),
      },
      ...(dice.once(2) && {
        managedFields: [{ manager: 'm', fieldsV1: { 'f:x': { 'k:{"name":"a]},\\"b"}': { '.': {} } } } }],
      }),
    },
    spec: {
      volumeClaimTemplates: Array.from({ length: dice.between(0, 3) }, (_, at) => ({ metadata: { name: `v${at}` } })),
    },
  }));

const withoutManaged = (object: object): object =>
  JSON.parse(JSON.stringify(object), (key, value: unknown) => (key === 'managedFields' ? undefined : value)) as object;

it.each(Array.from({ length: 200 }, (_, seed) => seed))('[W75] a list in pieces is the list (seed %d)', (seed) => {
  const dice = new Dice(seed);
  const items = objects(dice);
  const whole = list(items);
  const { items: read_, answer } = read(
    `${JSON.stringify(whole)}${dice.pick(['', '\n'])}`,
    dice.pick([1, 7, 100, 5000]),
    dice,
  );
  expect(read_).toEqual(items.map((item) => [withoutManaged(item), 'StatefulSetList']));
  expect(answer).toEqual({ ...whole, items: [] });
});

it.each<[string, string]>([
  ['that is written with spaces', JSON.stringify(list([{ metadata: { name: 'a' } }]), null, 2)],
  ['whose items say their kind first', JSON.stringify(list([{ kind: 'Gateway', metadata: { name: 'a' } }]))],
  ['that says its kind last', '{"items":[{"metadata":{"name":"a"}}],"kind":"PodList"}'],
  ['without items', JSON.stringify(list([]))],
  ['that is none', '{"kind":"Status","code":404}'],
  ['that is a text', '"x"'],
])('[W75] a list %s is parsed whole', (_name, json) => {
  for (const most of [3, 10_000]) expect(read(json, most)).toEqual({ items: [], answer: JSON.parse(json) });
});

it.each([
  ['that is cut', (json: string) => json.slice(0, -9)],
  ['that is cut between two items', (json: string) => json.slice(0, json.indexOf('},{"metadata"') + 1)],
  ['that goes on', (json: string) => `${json.slice(0, -1)},"x":1}`],
  ['with an item that is none', (json: string) => json.replace('"name":"b"', '"name":b')],
  ['of which only the beginning came', (json: string) => json.slice(0, 40)],
])('[W75] a list %s is no JSON', (_name, spoilt) => {
  const json = spoilt(JSON.stringify(list([{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }])));
  expect(() => read(json, 20)).toThrow(SyntaxError);
});
