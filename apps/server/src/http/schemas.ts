import {
  EDGE_TYPES,
  entity,
  faultRequest,
  faults,
  messages,
  scenario,
  serviceAddresses,
  source,
  tourCommand,
  traffic,
  trafficCommand,
} from '@portolan/shared';
import { z } from 'zod';
import { problemDocument } from './problem.ts';
import { sourceReport } from './source-report.ts';

const standing = { epoch: z.string(), seq: z.number().int() };

const edge = z.object({
  type: z.enum(EDGE_TYPES),
  from: z.string(),
  to: z.string(),
  ready: z.boolean().nullable(),
});

/** `GET /api/v1/clusters`. `namespace` is shown where a viewer names none; `version` is the apiserver's gitVersion, null until it was heard; `skewMs` is the
 * apiserver's clock minus the server's. */
export const clusterList = z.object({
  clusters: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      version: z.string().nullable(),
      embedded: z.boolean(),
      ready: z.boolean(),
      ...standing,
      skewMs: z.number().nullable(),
      sources: z.array(sourceReport),
    }),
  ),
});

/** `GET …/entities`: the entities as they are at `seq`. */
export const entityList = z.object({ ...standing, entities: z.array(entity) });

/** `GET …/topology`: edges point from and to the uids of nodes that are in it. */
export const topology = z.object({ ...standing, nodes: z.array(entity), edges: z.array(edge) });

/**
 * `GET …/objects/…`. `manifest` is the object as the apiserver holds it now, redacted; null when it could not be had, and
 * `problem` then says why. `events` are those about the object, the newest last.
 */
export const objectDetails = z.object({
  entity,
  manifest: z.record(z.string(), z.unknown()).nullable(),
  problem: z.string().nullable(),
  events: z.array(entity),
});

/** The schemas by the name that they bear in the description of the API. */
export const SCHEMAS = {
  ClusterList: clusterList,
  Entity: entity,
  EntityList: entityList,
  ObjectDetails: objectDetails,
  Problem: problemDocument,
  FaultRequest: faultRequest,
  Faults: faults,
  Scenario: scenario,
  ServiceAddresses: serviceAddresses,
  Source: source,
  SourceReport: sourceReport,
  Topology: topology,
  TourCommand: tourCommand,
  Traffic: traffic,
  TrafficCommand: trafficCommand,
  StreamHello: messages.hello,
  StreamSnapshot: messages.snapshot,
  StreamSynced: messages.synced,
  StreamChange: messages.change,
  StreamSources: messages.sources,
  StreamHeartbeat: messages.heartbeat,
  StreamReset: messages.reset,
  StreamGoodbye: messages.goodbye,
} as const;

export type SchemaName = keyof typeof SCHEMAS;
