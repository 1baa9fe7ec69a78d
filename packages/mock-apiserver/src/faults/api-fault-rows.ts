import type { FaultParam, Words } from '@portolan/shared';
import { refuse } from '../api/respond.ts';
import { ApiError } from '../api-error.ts';
import type { ApiFault, Exchange } from './api-faults.ts';
import { choice, number, PROBABILITY, SECONDS, scopeOf, scopeParams, text } from './fault-params.ts';
import type { FaultRow, FaultWorld } from './fault-row.ts';
import type { FaultValues } from './fault-values.ts';
import { VERBS, type Verb } from './request-class.ts';

/** What a row does with the requests that it befalls. */
interface Behaviour {
  /** Takes over a request that has just come; true when it did. */
  meet(exchange: Exchange, proceed: () => void): boolean;
  /** Befalls what was under way when the fault began. */
  befall?(exchange: Exchange): void;
  /** Mends what is still held. */
  end?(): void;
}

interface Facts {
  id: string;
  title: Words;
  description: Words;
  /** The requests it can befall; all, by default. */
  verbs?: readonly Verb[];
  params?: readonly FaultParam[];
  behaves(world: FaultWorld, values: FaultValues): Behaviour;
}

/** A fault of chosen requests, each with the probability that is asked for. */
function row({ id, title, description, verbs = VERBS, params = [], behaves }: Facts): FaultRow {
  return {
    id,
    title,
    description,
    affects: 'api',
    lasts: true,
    params: () => [...params, ...scopeParams(verbs), PROBABILITY, SECONDS],
    begin(world, values, met) {
      const behaviour = behaves(world, values);
      const strikes = () => world.random() < values.number('probability');
      const fault: ApiFault = {
        scope: scopeOf(values, verbs),
        meet(exchange, proceed) {
          if (!strikes()) return false;
          met();
          return behaviour.meet(exchange, proceed);
        },
        befall(exchange) {
          if (!behaviour.befall || !strikes()) return;
          met();
          behaviour.befall(exchange);
        },
      };
      const remove = world.api.add(fault);
      return () => {
        remove();
        behaviour.end?.();
      };
    },
  };
}

const reset = ({ response }: Exchange) => {
  response.socket?.resetAndDestroy();
};

/** Requests that wait, and answers that stand still, until they are let go. */
function holding(): Required<Behaviour> {
  const waiting = new Set<() => void>();
  const hold = (exchange: Exchange, release: () => void) => {
    waiting.add(release);
    exchange.response.on('close', () => waiting.delete(release));
  };
  return {
    meet(exchange, proceed) {
      hold(exchange, proceed);
      return true;
    },
    befall(exchange) {
      hold(exchange, exchange.wire.freeze());
    },
    end() {
      for (const release of [...waiting]) release();
      waiting.clear();
    },
  };
}

/** Every request gets one refusal. */
const refusing = (error: ApiError): Behaviour => ({
  meet({ response }) {
    refuse(error, response);
    return true;
  },
});

/** What a watcher and a lister are told of a version that is forgotten (apiserver `storage/cacher`, `storage/etcd3`). */
const expiredFor = {
  watch: (oldest: number) => new ApiError('Expired', `too old resource version: 1 (${oldest})`),
  list: () => new ApiError('Expired', 'The resourceVersion for the provided list is too old.'),
};

const errorLine = (error: ApiError) => `${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`;

/** Breaks a line as asked: cut in the middle, or replaced by what is no JSON. */
const BROKEN: Record<string, (line: string) => string> = {
  truncated: (line) => `${line.slice(0, Math.max(1, Math.floor(line.length / 2)))}\n`,
  garbage: () => '\u0000%!not json}{\n',
};

/** The faults of the API, by what befalls a request. */
export const API_FAULTS: readonly FaultRow[] = [
  row({
    id: 'drop-connections',
    title: text('Drop connections', '断开连接'),
    description: text(
      'Connections are reset: watches that are open at once, other requests as they come.',
      '重置连接：已打开的 watch 立即断开，其他请求一到即断。',
    ),
    behaves: () => ({
      meet(exchange) {
        reset(exchange);
        return true;
      },
      befall: reset,
    }),
  }),
  row({
    id: 'freeze-connections',
    title: text('Freeze connections', '冻结连接'),
    description: text(
      'Requests are accepted and never answered, open watches fall silent; cleared, everything goes on.',
      '接受请求但从不应答，已打开的 watch 不再发送数据；清除后一切继续。',
    ),
    behaves: holding,
  }),
  row({
    id: 'delay',
    title: text('Delay answers', '延迟应答'),
    description: text('Each request waits before it is handled.', '每个请求在处理前等待一段时间。'),
    params: [
      number('ms', text('Delay', '延迟'), [1000, 0, 60_000], 'ms'),
      number('jitterMs', text('Up to so much more', '随机增加，最多'), [0, 0, 60_000], 'ms'),
    ],
    behaves({ wall, random }, values) {
      const held = holding();
      return {
        meet(exchange, proceed) {
          let gone = false;
          const once = () => {
            if (!gone) proceed();
            gone = true;
          };
          const cancel = wall.after(values.number('ms') + random() * values.number('jitterMs'), once);
          exchange.response.on('close', cancel);
          return held.meet(exchange, once);
        },
        end: held.end,
      };
    },
  }),
  row({
    id: 'expired',
    title: text('410 Expired', '410 Expired'),
    description: text(
      'Watches end with an ERROR of code 410, lists are refused with it.',
      'watch 以 410 的 ERROR 结束，list 被以 410 拒绝。',
    ),
    verbs: ['list', 'watch'],
    behaves({ cluster }) {
      const finish = ({ wire }: Exchange) => wire.finish(errorLine(expiredFor.watch(cluster.store.version)));
      return {
        meet(exchange) {
          if (exchange.verb === 'list') refuse(expiredFor.list(), exchange.response);
          else {
            exchange.response.writeHead(200, { 'content-type': 'application/json' });
            finish(exchange);
          }
          return true;
        },
        befall(exchange) {
          if (exchange.verb === 'watch' && exchange.response.headersSent) finish(exchange);
        },
      };
    },
  }),
  row({
    id: 'too-many-requests',
    title: text('429 Too Many Requests', '429 请求过多'),
    description: text('Requests are turned away and told when to come again.', '拒绝请求，并告知何时重试。'),
    params: [number('retryAfter', text('Retry-After', 'Retry-After'), [1, 1, 300], 's')],
    behaves(_world, values) {
      const message = 'Too many requests, please try again later.';
      return refusing(new ApiError('TooManyRequests', message, { retryAfterSeconds: values.number('retryAfter') }));
    },
  }),
  row({
    id: 'internal-error',
    title: text('500 Internal Server Error', '500 内部错误'),
    description: text('Requests fail inside, as when etcd does not answer.', '请求在内部失败，如同 etcd 没有应答。'),
    behaves: () => refusing(new ApiError('InternalError', 'Internal error occurred: etcdserver: request timed out')),
  }),
  row({
    id: 'unavailable',
    title: text('503 Service Unavailable', '503 服务不可用'),
    description: text('Requests are refused, as by a server that shuts down.', '拒绝请求，如同正在关闭的服务器。'),
    behaves: () => refusing(new ApiError('ServiceUnavailable', 'the server is currently unable to handle the request')),
  }),
  row({
    id: 'slow-trickle',
    title: text('Slow trickle', '缓慢传输'),
    description: text('Answers come a few bytes at a time.', '应答每次只到达几个字节。'),
    params: [number('bytesPerSecond', text('Bytes a second', '每秒字节数'), [500, 10, 10_000_000], 'B/s')],
    behaves(_world, values) {
      const ends = new Set<() => void>();
      const slow = ({ wire, response }: Exchange) => {
        const end = wire.slow(values.number('bytesPerSecond'));
        ends.add(end);
        response.on('close', () => ends.delete(end));
      };
      return {
        meet(exchange) {
          slow(exchange);
          return false;
        },
        befall: slow,
        end() {
          for (const end of [...ends]) end();
        },
      };
    },
  }),
];

/** Watch lines that are no JSON: the probability is each line's. */
const malformedLines: FaultRow = {
  id: 'malformed-lines',
  title: text('Malformed watch lines', '损坏的 watch 行'),
  description: text(
    'Lines of watches, open ones too, come cut in the middle or as garbage.',
    'watch 的行（包括已打开的）被截断或变成乱码。',
  ),
  affects: 'api',
  lasts: true,
  params: () => [
    choice('how', text('What is broken', '损坏方式'), Object.keys(BROKEN)),
    ...scopeParams(['watch']),
    { ...PROBABILITY, title: text('Probability for each line', '每行的概率') },
    SECONDS,
  ],
  begin({ api, random }, values, met) {
    const breakLine = BROKEN[values.text('how')] ?? ((line: string) => line);
    const ends = new Set<() => void>();
    const spoil = ({ wire, response }: Exchange) => {
      const end = wire.rewrite((line) => {
        if (random() >= values.number('probability')) return line;
        met();
        return breakLine(line);
      });
      ends.add(end);
      response.on('close', () => ends.delete(end));
    };
    const remove = api.add({
      scope: scopeOf(values, ['watch']),
      meet(exchange) {
        spoil(exchange);
        return false;
      },
      befall: spoil,
    });
    return () => {
      remove();
      for (const end of [...ends]) end();
    };
  },
};

const versionRewind: FaultRow = {
  id: 'version-rewind',
  title: text('Version rewind', '版本回退'),
  description: text(
    'Resource versions go back, as when etcd is restored from a backup: every connection is cut, every object stands lower.',
    '资源版本回退，如同 etcd 从备份恢复：所有连接断开，每个对象的版本都降低。',
  ),
  affects: 'api',
  lasts: false,
  params: () => [number('by', text('Versions to go back', '回退的版本数'), [1000, 1, 1_000_000], 'count')],
  begin({ cluster, api }, values, met) {
    cluster.store.rewind(values.number('by'));
    for (let cut = api.cutAll(); cut > 0; cut--) met();
    return undefined;
  },
};

const etcdRestore: FaultRow = {
  id: 'etcd-restore',
  title: text('Restore of etcd', '恢复 etcd'),
  description: text(
    'A backup is taken; when this ends it is put back: every connection is cut, and what was written meanwhile is undone.',
    '先做备份；结束时恢复：所有连接断开，期间写入的一切都被撤销。',
  ),
  affects: 'api',
  lasts: true,
  params: () => [SECONDS],
  begin({ cluster, api }, _values, met) {
    const backup = cluster.store.backUp();
    return () => {
      for (let cut = api.cutAll(); cut > 0; cut--) met();
      cluster.store.restore(backup);
    };
  },
};

const compact: FaultRow = {
  id: 'compact',
  title: text('Forget history', '丢弃历史'),
  description: text(
    'Older versions answer 410 from here on, as after a compaction of etcd; open watches go on.',
    '此后较旧的版本返回 410，如同 etcd 压缩之后；已打开的 watch 不受影响。',
  ),
  affects: 'api',
  lasts: false,
  params: () => [],
  begin({ cluster }, _values, met) {
    cluster.store.compact();
    met();
    return undefined;
  },
};

const restart: FaultRow = {
  id: 'restart',
  title: text('Restart that forgets history', '重启并丢失历史'),
  description: text(
    'Every connection is cut; older versions then answer 410.',
    '所有连接断开；此后较旧的版本返回 410。',
  ),
  affects: 'api',
  lasts: false,
  params: () => [],
  begin({ cluster, api }, _values, met) {
    cluster.store.compact();
    for (let cut = api.cutAll(); cut > 0; cut--) met();
    return undefined;
  },
};

/** Those that are no answer to one request: broken lines, and what befalls the whole server. */
export const SERVER_FAULTS: readonly FaultRow[] = [malformedLines, versionRewind, etcdRestore, compact, restart];
