import type { ServerResponse } from 'node:http';
import type { ContainerStatus, Pod } from '@portolan/shared';
import { ApiError, badRequest } from '../api-error.ts';
import type { Cancel } from '../clock.ts';
import { KUBELET_ANNOTATION } from '../controllers/kubelet/kubelet-annotation.ts';
import { type LogLine, logLines, type Run } from '../logs/log-lines.ts';
import { type ApiContext, type ResourceRequest, refOf } from './request.ts';

/** How often a followed log is looked at, in wall ms. */
const FOLLOW_MS = 250;

const KUBELET_PORT = 10250;

/** `core/v1` PodLogOptions, as a query gives them. */
interface LogOptions {
  container: string | undefined;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  tailLines: number | undefined;
  limitBytes: number | undefined;
  /** Epoch ms from which on lines count. */
  since: number | undefined;
}

function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== 'false' && value !== '0';
}

function count(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (!/^-?\d+$/.test(text)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  if (value >= least) return value;
  const message = `Invalid value: ${value}: must be greater than ${least === 0 ? 'or equal to 0' : '0'}`;
  throw new ApiError('Invalid', `PodLogOptions "" is invalid: ${name}: ${message}`, {
    kind: 'PodLogOptions',
    causes: [{ reason: 'FieldValueInvalid', message, field: name }],
  });
}

function readOptions({ query }: ResourceRequest, now: number): LogOptions {
  const seconds = count(query, 'sinceSeconds', 1);
  const time = query.get('sinceTime');
  if (seconds !== undefined && time) {
    throw new ApiError(
      'Invalid',
      'PodLogOptions "" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    );
  }
  const from = time ? Date.parse(time) : undefined;
  if (from !== undefined && Number.isNaN(from))
    throw badRequest(`sinceTime "${time}" is no time: write it as RFC 3339 has it`);
  return {
    container: query.get('container') || undefined,
    follow: flag(query, 'follow'),
    previous: flag(query, 'previous'),
    timestamps: flag(query, 'timestamps'),
    tailLines: count(query, 'tailLines', 0),
    limitBytes: count(query, 'limitBytes', 1),
    since: seconds === undefined ? from : now - seconds * 1000,
  };
}

/** The container that is meant: the only one, or the one named (`pkg/registry/core/pod/strategy.go`, LogLocation). */
function containerName({ metadata, spec }: Pod, asked: string | undefined): string {
  const inits = (spec.initContainers ?? []).map(({ name }) => name);
  const mains = spec.containers.map(({ name }) => name);
  const [only = '', ...others] = mains;
  if (asked === undefined && others.length === 0) return only;
  if (asked === undefined) {
    const choice = `choose one of: [${mains.join(' ')}]${inits.length > 0 ? ` or one of the init containers: [${inits.join(' ')}]` : ''}`;
    throw badRequest(`a container name must be specified for pod ${metadata.name}, ${choice}`);
  }
  const isThere = [...inits, ...mains, ...(spec.ephemeralContainers ?? []).map(({ name }) => name)].includes(asked);
  if (!isThere) throw badRequest(`container ${asked} is not valid for pod ${metadata.name}`);
  return asked;
}

/** Why nothing was written yet, in the kubelet's words (`validateContainerLogStatus`). */
function notStarted(pod: Pod, name: string, reason: string): ApiError {
  const words: Record<string, string> = {
    ErrImagePull: "image can't be pulled",
    ImagePullBackOff: 'trying and failing to pull image',
  };
  return badRequest(
    `container "${name}" in pod "${pod.metadata.name}" is waiting to start: ${words[reason] ?? reason}`,
  );
}

/** The run that is asked for: the present one, or the last that there was, or with `previous` the one before. */
function runOf(pod: Pod, name: string, previous: boolean): Run {
  const { initContainers = [], containers } = pod.spec;
  const container = [...initContainers, ...containers].find((candidate) => candidate.name === name) ?? { name };
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const status: ContainerStatus | undefined = statuses.find((candidate) => candidate.name === name);
  const { state = {}, lastState = {}, restartCount = 0 } = status ?? {};
  const ended = previous ? lastState.terminated : (state.terminated ?? lastState.terminated);
  if (previous && !ended) {
    throw badRequest(`previous terminated container "${name}" in pod "${pod.metadata.name}" not found`);
  }
  if (state.running && !previous) {
    const startedAt = Date.parse(state.running.startedAt ?? '');
    return { pod, container, startedAt, endedAt: undefined, exitCode: 0, serial: restartCount };
  }
  if (!ended) throw notStarted(pod, name, state.waiting?.reason ?? 'ContainerCreating');
  const endedAt = Date.parse(ended.finishedAt ?? '');
  const startedAt = ended.startedAt ? Date.parse(ended.startedAt) : endedAt;
  const isLast = ended === lastState.terminated && state.running !== undefined;
  return { pod, container, startedAt, endedAt, exitCode: ended.exitCode, serial: restartCount - (isLast ? 1 : 0) };
}

/** A run by its number, as it now stands; undefined when nothing is known of it any more. */
function runAt(pod: Pod, name: string, serial: number): Run | undefined {
  for (const previous of [false, true]) {
    try {
      const run = runOf(pod, name, previous);
      if (run.serial === serial) return run;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return undefined;
}

/** A node whose kubelet does not answer gives no logs. */
function checkNode({ store }: ApiContext, pod: Pod, container: string): void {
  const node = store.get('nodes', { name: pod.spec.nodeName ?? '' });
  if (node?.metadata.annotations?.[KUBELET_ANNOTATION] !== 'stopped') return;
  const address = node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  const { namespace, name } = pod.metadata;
  const url = `https://${address}:${KUBELET_PORT}/containerLogs/${namespace}/${name}/${container}`;
  throw new ApiError('InternalError', `Get "${url}": dial tcp ${address}:${KUBELET_PORT}: connect: connection refused`);
}

function textOf({ at, text }: LogLine, timestamps: boolean): string {
  return timestamps ? `${new Date(at).toISOString().slice(0, 23)}000000Z ${text}\n` : `${text}\n`;
}

/** Writes what a container has said, and with `follow` what it says until it ends or nobody listens any more. */
export function sendPodLog(request: ResourceRequest, context: ApiContext, response: ServerResponse): void {
  const { store, clock, wall } = context;
  const pod = store.need('pods', refOf(request));
  const options = readOptions(request, clock.now());
  const name = containerName(pod, options.container);
  const head = { 'content-type': 'text/plain' };
  // A pod that is nowhere has nobody who could be asked.
  if (!pod.spec.nodeName) {
    response.writeHead(200, head).end();
    return;
  }
  checkNode(context, pod, name);
  const run = runOf(pod, name, options.previous);
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  const write = (lines: readonly LogLine[]) => {
    const bytes = Buffer.from(lines.map((line) => textOf(line, options.timestamps)).join(''));
    const part = bytes.subarray(0, Math.min(left, bytes.length));
    left -= part.length;
    if (part.length > 0) response.write(part);
  };
  const counts = ({ at }: LogLine) => options.since === undefined || at >= options.since;
  const said = logLines(run, clock.now(), context.speed()).filter(counts);
  response.writeHead(200, head);
  write(options.tailLines === undefined ? said : said.slice(said.length - Math.min(said.length, options.tailLines)));
  if (!options.follow || run.endedAt !== undefined || left === 0) {
    response.end();
    return;
  }
  response.flushHeaders();
  let heard = clock.now();
  let cancel: Cancel = () => undefined;
  const listen = () => {
    const now = store.get('pods', pod.metadata);
    const known = now?.metadata.uid === pod.metadata.uid ? runAt(now, name, run.serial) : undefined;
    const until = clock.now();
    const lines = logLines(known ?? { ...run, endedAt: until }, until, context.speed());
    write(lines.filter(({ at }) => at > heard));
    heard = until;
    if (!known || known.endedAt !== undefined || left === 0) response.end();
    else cancel = wall.after(FOLLOW_MS, listen);
  };
  cancel = wall.after(FOLLOW_MS, listen);
  response.once('close', () => cancel());
}
