import type { Request, RequestHandler, Response } from 'express';
import type { ClusterPort } from './cluster-port.ts';
import { Problem } from './problem.ts';

/** Where the routes of one cluster begin. */
export const CLUSTER_PATH = '/api/v1/clusters/{cluster}';

/** What a route of one cluster does with it. */
export type OnCluster = (
  handle: (cluster: ClusterPort, request: Request, response: Response) => unknown,
) => RequestHandler;

/** Makes handlers that find the cluster of the path first; one that is not served is a 404. */
export function onCluster(clusters: readonly ClusterPort[]): OnCluster {
  return (handle) => async (request, response) => {
    const name = String(request.params.cluster);
    const cluster = clusters.find((one) => one.name === name);
    if (!cluster) {
      throw new Problem(404, `There is no cluster "${name}"; there is ${clusters.map((one) => one.name).join(', ')}.`);
    }
    await handle(cluster, request, response);
  };
}
