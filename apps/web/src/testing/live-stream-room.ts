import { type MessageData, type MessageName, PROTOCOL } from '@portolan/shared';
import { LiveStream } from '../stream/live-stream.ts';
import type { Pace } from '../stream/pace.ts';
import type { Sink } from '../stream/ports.ts';
import type { Failure, Transport, TransportHandlers } from '../stream/transport.ts';
import { FakeClock } from './fake-clock.ts';

/** A sink that writes down what it is told. */
class FakeSink implements Sink {
  calls: string[] = [];
  digestNow = 'd';
  restart = () => void this.calls.push('restart');
  /** How many steps a part takes. */
  steps = 1;
  *part({ kind }: MessageData<'snapshot'>): Iterable<void> {
    for (let step = 0; step < this.steps; step++) {
      this.calls.push(`part ${kind}`);
      yield;
    }
  }
  change = ({ seq }: MessageData<'change'>) => void this.calls.push(`change ${seq}`);
  commit = () => void this.calls.push('commit');
  sources = () => void this.calls.push('sources');
  serverTime = () => void this.calls.push('time');
  digest = () => this.digestNow;
}

/** A stream as the test plays it. */
interface Opened extends Omit<TransportHandlers, 'message' | 'failed'> {
  url: string;
  closed: boolean;
  message(event: string, data: string): void;
  failed(failure?: Partial<Failure>): void;
}

/** A live stream on a fake clock that has just opened, its sink, and the words with which a server plays it. */
export function liveStreamRoom(random = () => 0.5, pace?: Pace) {
  const clock = new FakeClock();
  const sink = new FakeSink();
  const opened: Opened[] = [];
  const transport: Transport = (url, handlers) => {
    const one: Opened = {
      ...handlers,
      message: (event, data) => handlers.message(event, data, ''),
      failed: (failure) => handlers.failed({ reason: 'lost', status: null, retryMs: null, problem: null, ...failure }),
      url,
      closed: false,
    };
    opened.push(one);
    return () => {
      one.closed = true;
    };
  };
  const probes: ((answered: boolean) => Promise<void>)[] = [];
  const probe = () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    probes.push(async (answered) => {
      resolve(answered);
      await promise;
    });
    return promise;
  };
  const stream = new LiveStream({ url: '/stream', transport, clock, random, sink, probe, ...(pace && { pace }) });
  stream.start();
  const last = () => opened[opened.length - 1] as Opened;
  const send = <N extends MessageName>(event: N, data: MessageData<N>) => last().message(event, JSON.stringify(data));
  const hello = (seq: number, over: Partial<MessageData<'hello'>> = {}) =>
    send('hello', {
      protocol: PROTOCOL,
      epoch: 'e1',
      seq,
      build: 'b1',
      cluster: 'demo',
      scope: { namespaces: [], kinds: [] },
      heartbeatMs: 15_000,
      ...over,
    });
  const synced = (seq: number, digest = 'd') => send('synced', { seq, counts: {}, digest });
  const change = (seq: number) => send('change', { seq, upserts: [], removes: [] });
  const heartbeat = (seq: number, digest = 'd') => send('heartbeat', { seq, counts: {}, digest, serverTime: 1 });
  const goLive = (seq: number) => {
    hello(seq);
    synced(seq);
  };
  return { probes, clock, sink, opened, stream, last, send, hello, synced, change, heartbeat, goLive };
}
