import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref } from './route.ts';

const EMPTY = {
  lens: 'topology',
  cluster: null,
  namespace: null,
  table: null,
  sort: null,
  group: null,
  order: null,
  only: null,
} as const;
const at = (address: string) => new URL(address, 'http://portolan');

describe('the address', () => {
  it('[V50] says lens, cluster, namespace and table, and nothing where it says nothing', () => {
    expect(parseRoute(at('/'))).toEqual(EMPTY);
    expect(parseRoute(at('/wall?cluster=prod&namespace=shop&table=1'))).toEqual({
      ...EMPTY,
      lens: 'wall',
      cluster: 'prod',
      namespace: 'shop',
      table: 'Pod',
    });
  });

  it('[V50] keeps what it says of language and theme', () => {
    const url = at('/?theme=light&lang=zh-CN&table=1');
    const href = routeHref({ ...parseRoute(url), namespace: 'shop', table: null }, url);
    expect(href).toBe('/?theme=light&lang=zh-CN&namespace=shop');
  });

  it('[K40] says which kind the table shows, and knows no other', () => {
    const table = (value: string) => parseRoute(at(`/?table=${value}`)).table;
    expect([table('1'), table('PersistentVolume'), table('Secret')]).toEqual(['Pod', 'PersistentVolume', null]);
    expect(routeHref({ ...EMPTY, table: 'Pod' }, at('/'))).toBe('/?table=1');
    expect(routeHref({ ...EMPTY, table: 'HTTPRoute' }, at('/'))).toBe('/?table=HTTPRoute');
  });

  it('[K39] says by which column the table is sorted, and which way', () => {
    const sort = (value: string) => parseRoute(at(`/?table=1&sort=${value}`)).sort;
    expect([sort(''), sort('AGE'), sort('-RESTARTS')]).toEqual([
      null,
      { column: 'AGE', descending: false },
      { column: 'RESTARTS', descending: true },
    ]);
  });

  it('[P71] says how the fleet is gathered and which of it is lit', () => {
    const href = '/fleet?group=label%3Aapp&order=place&only=pod%2FCrashLoopBackOff';
    const route = {
      ...EMPTY,
      lens: 'fleet',
      group: 'label:app',
      order: 'place',
      only: 'pod/CrashLoopBackOff',
    } as const;
    expect(parseRoute(at(href))).toEqual(route);
    expect(routeHref(route, at('/'))).toBe(href);
    expect(parseRoute(at('/fleet?order=sideways')).order).toBeNull();
  });

  it('[V50] reads what it has written', () => {
    const sort = { column: 'CPU(cores)', descending: true };
    const route = { ...EMPTY, cluster: 'a b', namespace: 'kube-system', table: 'Ingress', sort } as const;
    expect(parseRoute(at(routeHref(route, at('/'))))).toEqual(route);
  });
});
