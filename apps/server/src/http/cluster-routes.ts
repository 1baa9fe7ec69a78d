import { type KubeObject, parseSelector, redact, SelectorError } from '@portolan/shared';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { ClusterPort } from './cluster-port.ts';
import { CLUSTER_PATH, onCluster } from './on-cluster.ts';
import { Problem } from './problem.ts';
import { kindOf, kinds, values } from './query.ts';
import type { QueryParameter, Route } from './route.ts';
import type { clusterList, entityList, objectDetails, topology } from './schemas.ts';
import { eventsAbout, selectEntities, topologyOf } from './select-entities.ts';
import { openStream } from './stream-route.ts';

const inNamespace: QueryParameter = {
  name: 'namespace',
  repeated: true,
  says: 'only these namespaces; what belongs to no namespace is always shown',
};
const ofKind: QueryParameter = { name: 'kind', repeated: true, says: 'only these kinds' };
const byLabels: QueryParameter = {
  name: 'labelSelector',
  repeated: false,
  says: "a label selector in kubectl's grammar, such as app=guestbook,tier in (frontend,backend)",
};
const from: QueryParameter = { name: 'from', repeated: false, says: 'resume after this event, <epoch>-<seq>' };

/** What the routes of clusters need beside them. */
export interface ClusterRouteDeps {
  clusters: readonly ClusterPort[];
  parseCursor: (text: string) => { epoch: string; seq: number } | null;
}

/** The routes under `/api/v1/clusters`. */
export function clusterRoutes({ clusters, parseCursor }: ClusterRouteDeps): Route[] {
  const on = onCluster(clusters);
  return [
    {
      method: 'get',
      path: '/api/v1/clusters',
      says: 'The clusters served, and the source of each kind',
      query: [],
      answer: { json: 'ClusterList' },
      handlers: [(_request, response) => void response.json({ clusters: clusters.map(describe) })],
    },
    {
      method: 'get',
      path: `${CLUSTER_PATH}/entities`,
      says: 'The current entities',
      query: [ofKind, inNamespace, byLabels],
      answer: { json: 'EntityList' },
      handlers: [on((cluster, request, response) => response.json(listEntities(cluster, request)))],
    },
    {
      method: 'get',
      path: `${CLUSTER_PATH}/topology`,
      says: 'The current entities and the relations between them',
      query: [inNamespace],
      answer: { json: 'Topology' },
      handlers: [on((cluster, request, response) => response.json(listTopology(cluster, request)))],
    },
    {
      method: 'get',
      path: `${CLUSTER_PATH}/objects/{kind}/{namespace}/{name}`,
      says: 'One object, redacted, with its events; the namespace is _ for what belongs to none',
      query: [],
      answer: { json: 'ObjectDetails' },
      handlers: [on(async (cluster, request, response) => response.json(await readObject(cluster, request, response)))],
    },
    {
      method: 'get',
      path: `${CLUSTER_PATH}/stream`,
      says: 'The live stream, as Server-Sent Events',
      query: [inNamespace, ofKind, from],
      answer: {
        text: 'text/event-stream',
        events: [
          'StreamHello',
          'StreamSnapshot',
          'StreamSynced',
          'StreamChange',
          'StreamSources',
          'StreamHeartbeat',
          'StreamReset',
          'StreamGoodbye',
        ],
      },
      handlers: [on((cluster, request, response) => openStream(cluster, request, response, parseCursor))],
    },
  ];
}

function describe(cluster: ClusterPort): z.infer<typeof clusterList>['clusters'][number] {
  const { name, namespace, version, presenter, ready, epoch, seq, skewMs } = cluster;
  const embedded = presenter !== null;
  return { name, namespace, version, embedded, ready, epoch, seq, skewMs, sources: cluster.reports() };
}

function listEntities(cluster: ClusterPort, request: Request): z.infer<typeof entityList> {
  const { epoch, seq } = cluster;
  const selector = selectorOf(request);
  return {
    epoch,
    seq,
    entities: selectEntities(cluster, { kinds: kinds(request), namespaces: values(request, 'namespace'), selector }),
  };
}

function listTopology(cluster: ClusterPort, request: Request): z.infer<typeof topology> {
  const { epoch, seq } = cluster;
  const namespaces = values(request, 'namespace');
  return { epoch, seq, ...topologyOf(selectEntities(cluster, { kinds: [], namespaces, selector: parseSelector('') })) };
}

async function readObject(
  cluster: ClusterPort,
  request: Request,
  response: Response,
): Promise<z.infer<typeof objectDetails>> {
  const kind = kindOf(String(request.params.kind));
  const name = String(request.params.name);
  const namespace = request.params.namespace === '_' ? '' : String(request.params.namespace);
  const entity = cluster.find(kind, namespace, name);
  if (entity === null) {
    const where = namespace === '' ? name : `${namespace}/${name}`;
    throw new Problem(404, `There is no ${kind} ${where} in the cluster "${cluster.name}".`);
  }
  const left = new AbortController();
  response.on('close', () => left.abort());
  const events = eventsAbout(cluster, entity);
  try {
    const whole = await cluster.manifest(kind, namespace, name, left.signal);
    const manifest = whole === null ? null : asRecord(redact(whole));
    return { entity, manifest, problem: whole === null ? `The cluster does not serve ${kind}.` : null, events };
  } catch (error) {
    // What the store holds is still worth showing; only the whole object is missing.
    return { entity, manifest: null, problem: error instanceof Error ? error.message : String(error), events };
  }
}

/** `+` in the query is a space there, and commas separate requirements, not values. */
function selectorOf(request: Request): ReturnType<typeof parseSelector> {
  const given = request.query.labelSelector;
  try {
    return parseSelector(given === undefined ? '' : String(given));
  } catch (error) {
    if (error instanceof SelectorError) throw new Problem(400, `labelSelector: ${error.message}`);
    throw error;
  }
}

function asRecord(object: KubeObject): Record<string, unknown> {
  return { ...object };
}
