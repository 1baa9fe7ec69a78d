import type { QuickApiserver } from './quick-apiserver.ts';

const MINUTE_MS = 60_000;

/** Something that goes wrong for a while. `end` is called when its time is over. */
export interface Trouble {
  lastsMs: number;
  begin(server: QuickApiserver): void;
  end(server: QuickApiserver): void;
}

const nothing = () => undefined;

/** What befalls an apiserver over weeks, by its name. */
export const TROUBLES: Readonly<Record<string, Trouble>> = {
  'every watch is cut': { lastsMs: 0, begin: (server) => server.cut(), end: nothing },
  'the past is compacted while the watches are cut': {
    lastsMs: 0,
    begin(server) {
      server.cut();
      server.holdings.live(0);
      server.holdings.forget();
    },
    end: nothing,
  },
  'the token is rotated': {
    lastsMs: 0,
    begin(server) {
      server.rotate();
      server.cut();
    },
    end: nothing,
  },
  'requests are answered 500': {
    lastsMs: 2 * MINUTE_MS,
    begin(server) {
      server.refuse(500);
      server.cut();
    },
    end: (server) => server.refuse(null),
  },
  'requests are answered 429': {
    lastsMs: MINUTE_MS,
    begin(server) {
      server.refuse(429);
      server.cut();
    },
    end: (server) => server.refuse(null),
  },
  'we are forbidden everything': {
    lastsMs: 5 * MINUTE_MS,
    begin(server) {
      server.refuse(403);
      server.cut();
    },
    end: (server) => server.refuse(null),
  },
  'it is frozen': {
    lastsMs: MINUTE_MS,
    begin: (server) => server.silence(true),
    end: (server) => server.silence(false),
  },
  'a line is no JSON': { lastsMs: 0, begin: (server) => server.scribble('{"type":"MODIFIED","obj\n'), end: nothing },
  'the cluster is put back to an earlier state': {
    lastsMs: 0,
    begin(server) {
      server.holdings.restore(20);
      server.cut();
    },
    end: nothing,
  },
};
