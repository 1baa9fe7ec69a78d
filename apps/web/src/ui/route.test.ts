import { describe, expect, it } from 'vitest';
import { parseRoute, routeHref } from './route.ts';

const at = (address: string) => new URL(address, 'http://portolan');

describe('the address', () => {
  it('[V50] says lens, cluster, namespace and table, and nothing where it says nothing', () => {
    expect(parseRoute(at('/'))).toEqual({ lens: 'topology', cluster: null, namespace: null, table: false });
    expect(parseRoute(at('/wall?cluster=prod&namespace=shop&table=1'))).toEqual({
      lens: 'wall',
      cluster: 'prod',
      namespace: 'shop',
      table: true,
    });
  });

  it('[V50] keeps what it says of language and theme', () => {
    const url = at('/?theme=light&lang=zh-CN&table=1');
    const href = routeHref({ ...parseRoute(url), namespace: 'shop', table: false }, url);
    expect(href).toBe('/?theme=light&lang=zh-CN&namespace=shop');
  });

  it('[V50] reads what it has written', () => {
    const route = { lens: 'topology', cluster: 'a b', namespace: 'kube-system', table: true } as const;
    expect(parseRoute(at(routeHref(route, at('/'))))).toEqual(route);
  });
});
