import { between, pick } from '@portolan/shared';
import { type FaultRow, numberOf, wordOf } from './fault-row.ts';

/** What befalls the ends of the legs: the apiserver, the server, the tabs. */
export const WORLD_ROWS: readonly FaultRow[] = [
  {
    id: 'server.restart',
    weight: 3,
    silent: false,
    plan: (random) => ({ how: pick(random, ['goodbye', 'kill']), downMs: pick(random, [0, 2000, 15_000]) }),
    begin({ restartServer }, params, met) {
      met();
      void restartServer(wordOf(params, 'how') as 'goodbye' | 'kill', numberOf(params, 'downMs'));
      return undefined;
    },
  },
  {
    id: 'apiserver.compact',
    weight: 3,
    silent: false,
    plan: (random) => ({ changes: between(random, 10, 40) }),
    begin(scene, params, met) {
      // What is missed in between is forgotten before anybody can ask for it.
      scene.api.tcp.door = 'refuse';
      scene.api.tcp.cut('rst');
      scene.burst(numberOf(params, 'changes'));
      return () => {
        scene.realm.compact();
        scene.api.tcp.door = 'open';
        met();
      };
    },
  },
  {
    id: 'apiserver.restart',
    weight: 2,
    silent: false,
    plan: () => ({}),
    begin({ api, realm }, _params, met) {
      realm.compact();
      api.tcp.door = 'refuse';
      if (api.tcp.cut('rst') > 0) met();
      return () => {
        api.tcp.door = 'open';
      };
    },
  },
  {
    id: 'apiserver.restore',
    weight: 1.5,
    silent: false,
    // What is undone is more than what is written before an audit comes: otherwise the versions tell nobody.
    plan: (random) => ({ changes: between(random, 40, 80) }),
    begin({ realm, burst }, params, met) {
      const restore = realm.backUp();
      burst(numberOf(params, 'changes'));
      return () => {
        met();
        restore();
      };
    },
  },
  {
    id: 'apiserver.rewind',
    weight: 1,
    silent: false,
    plan: (random) => ({ by: pick(random, [1000, 100_000]) }),
    begin({ realm }, params, met) {
      met();
      realm.rewind(numberOf(params, 'by'));
      return undefined;
    },
  },
  {
    id: 'apiserver.swap',
    weight: 1.5,
    silent: false,
    plan: (random) => ({ back: pick(random, ['yes', 'no']) }),
    begin({ realm }, params, met) {
      met();
      realm.swap();
      return wordOf(params, 'back') === 'yes' ? () => realm.swap() : undefined;
    },
  },
  {
    id: 'apiserver.kind',
    weight: 1.5,
    silent: false,
    plan: (random) => ({ gone: pick(random, ['yes', 'no']) }),
    begin({ realm }, params, met) {
      met();
      realm.serveGateways(true);
      return wordOf(params, 'gone') === 'yes' ? () => realm.serveGateways(false) : undefined;
    },
  },
  {
    id: 'tab.sleep',
    weight: 2,
    silent: true,
    plan: (random) => ({ tab: between(random, 0, 9), changes: pick(random, [0, 60]) }),
    begin({ tabs, burst }, params, met) {
      const wake = tabs[numberOf(params, 'tab') % tabs.length]?.sleep();
      met();
      burst(numberOf(params, 'changes'));
      return wake;
    },
  },
  {
    id: 'tab.compression',
    weight: 1,
    silent: false,
    plan: (random) => ({ tab: between(random, 0, 9) }),
    begin({ tabs, page }, params, met) {
      tabs[numberOf(params, 'tab') % tabs.length]?.recompress();
      met();
      page.tcp.cut('rst');
      return undefined;
    },
  },
  {
    id: 'tab.freeze',
    weight: 2,
    silent: true,
    plan: (random) => ({ tab: between(random, 0, 9), changes: pick(random, [0, 60]) }),
    begin({ tabs, burst }, params, met) {
      const tab = tabs[numberOf(params, 'tab') % tabs.length];
      met();
      const thaw = tab?.freeze();
      burst(numberOf(params, 'changes'));
      return thaw;
    },
  },
  {
    id: 'tab.slow',
    weight: 2,
    silent: true,
    plan: (random) => ({ tab: between(random, 0, 9), ms: between(random, 200, 3000) }),
    begin({ tabs }, params, met) {
      const tab = tabs[numberOf(params, 'tab') % tabs.length];
      tab?.linger(numberOf(params, 'ms'));
      met();
      return () => tab?.linger(0);
    },
  },
  {
    id: 'world.burst',
    weight: 2,
    silent: true,
    plan: (random) => ({ changes: between(random, 30, 120) }),
    begin({ burst }, params, met) {
      burst(numberOf(params, 'changes'));
      met();
      return undefined;
    },
  },
];
