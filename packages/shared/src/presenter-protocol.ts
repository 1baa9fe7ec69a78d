import * as z from 'zod/mini';

/** A text in the languages of the interface. */
export const words = z.object({ en: z.string(), 'zh-CN': z.string() });
export type Words = z.infer<typeof words>;

/** The presenter's step, as the panel shows it (`GET /api/v1/clusters/{cluster}/scenario`). */
export const scenarioStep = z.object({
  id: z.string(),
  title: words,
  says: words,
  state: z.enum(['todo', 'done']),
  enabled: z.boolean(),
});
export type ScenarioStep = z.infer<typeof scenarioStep>;

/** One thing that must come to be seen after a step, and whether it is. */
export const scenarioCheck = z.object({ says: words, holds: z.boolean() });
export type ScenarioCheck = z.infer<typeof scenarioCheck>;

/**
 * The tour, which plays the steps by itself: `step` is the one under way, `phase` whether it waits for what the step must
 * show or gives time to look, `pace` how many seconds it gives, `problem` why it paused by itself.
 */
export const tour = z.object({
  state: z.enum(['idle', 'playing', 'paused', 'finished']),
  step: z.nullable(z.string()),
  phase: z.nullable(z.enum(['settling', 'resting'])),
  pace: z.number(),
  problem: z.nullable(z.string()),
});
export type Tour = z.infer<typeof tour>;

/** What can be asked of the tour; `pace` in seconds, from 1 to 120. */
export const tourCommand = z.object({
  do: z.enum(['play', 'pause', 'step', 'stop', 'pace']),
  pace: z.optional(z.number().check(z.minimum(1), z.maximum(120))),
});
export type TourCommand = z.infer<typeof tourCommand>;

/** A scenario of the embedded cluster, its steps in order; `checks` are those of the step done last, `last`. */
export const scenario = z.object({
  name: z.string(),
  title: words,
  about: words,
  steps: z.array(scenarioStep),
  last: z.nullable(z.string()),
  checks: z.array(scenarioCheck),
  tour,
});
export type Scenario = z.infer<typeof scenario>;

/** A number of requests that came back with an answer below 500, and of those that did not. */
const trafficCount = z.object({ answered: z.number(), failed: z.number() });

const revisionTraffic = z.extend(trafficCount, { revision: z.string(), image: z.string() });

/**
 * What the built-in client has seen of a service since it was last reset. A revision is a Deployment's number, or the hash
 * of the pod's template; it and the pod are empty for requests that no pod was picked for. `lastSeconds` are real ones,
 * the oldest first.
 */
export const traffic = z.extend(trafficCount, {
  running: z.boolean(),
  namespace: z.nullable(z.string()),
  service: z.nullable(z.string()),
  perSecond: z.nullable(z.number()),
  byRevision: z.array(revisionTraffic),
  byPod: z.array(z.extend(revisionTraffic, { pod: z.string(), node: z.string() })),
  lastSeconds: z.array(trafficCount),
  lastFailure: z.nullable(z.string()),
});
export type Traffic = z.infer<typeof traffic>;

/** What can be asked of the built-in client; `perSecond` is a whole number from 1 to 200. */
export const trafficCommand = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('start'),
    namespace: z.string(),
    service: z.string(),
    perSecond: z.int().check(z.minimum(1), z.maximum(200)),
  }),
  z.object({ do: z.literal('stop') }),
  z.object({ do: z.literal('reset') }),
]);
export type TrafficCommand = z.infer<typeof trafficCommand>;

/**
 * Where a port of a service of the embedded cluster listens on this machine. `url` is null until an endpoint was ready
 * once; `open` says whether connections are accepted at this moment.
 */
export const serviceAddress = z.object({
  namespace: z.string(),
  service: z.string(),
  port: z.number(),
  nodePort: z.nullable(z.number()),
  url: z.nullable(z.string()),
  open: z.boolean(),
});
export type ServiceAddress = z.infer<typeof serviceAddress>;

/** The addresses at which services answer. */
export const serviceAddresses = z.object({ addresses: z.array(serviceAddress) });

const texts = z.readonly(z.array(z.string()));

const named = { id: z.string(), title: words };

/** One thing that a fault can be told, with its default. */
export const faultParam = z.discriminatedUnion('type', [
  z.object({
    ...named,
    type: z.literal('number'),
    default: z.number(),
    min: z.number(),
    max: z.number(),
    unit: z.enum(['ms', 's', 'B/s', 'ratio', 'count']),
  }),
  z.object({ ...named, type: z.literal('choice'), default: z.string(), choices: texts }),
  z.object({ ...named, type: z.literal('choices'), default: texts, choices: texts }),
  z.object({ ...named, type: z.literal('text'), default: z.string(), maxLength: z.number() }),
]);
export type FaultParam = z.infer<typeof faultParam>;

const faultParams = z.readonly(z.record(z.string(), z.union([z.number(), z.string(), texts])));
export type FaultParams = z.infer<typeof faultParams>;

/** A kind of fault: whether it befalls requests of the API or what lives in the cluster, and whether it lasts. */
export const faultKind = z.object({
  ...named,
  description: words,
  affects: z.enum(['api', 'cluster']),
  lasts: z.boolean(),
  params: z.readonly(z.array(faultParam)),
});
export type FaultKind = z.infer<typeof faultKind>;

/** A fault in force, in epoch ms; `met` counts what it has befallen. */
export const activeFault = z.object({
  handle: z.string(),
  kind: z.string(),
  params: faultParams,
  since: z.number(),
  until: z.nullable(z.number()),
  met: z.number(),
});
export type ActiveFault = z.infer<typeof activeFault>;

/** The faults there are and those in force. */
export const faults = z.object({ catalogue: z.array(faultKind), active: z.array(activeFault) });
export type Faults = z.infer<typeof faults>;

/** A fault to begin; what is not given has its default. */
export const faultRequest = z.object({ kind: z.string(), params: z.optional(faultParams) });
export type FaultRequest = z.infer<typeof faultRequest>;
