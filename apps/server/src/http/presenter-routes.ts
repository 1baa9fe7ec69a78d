import { type Faults, faultRequest, tourCommand, trafficCommand } from '@portolan/shared';
import type { Request, RequestHandler, Response } from 'express';
import type { ClusterPort } from './cluster-port.ts';
import { actionGuard } from './guards.ts';
import { bodyOf, readJson } from './json-body.ts';
import { CLUSTER_PATH, onCluster } from './on-cluster.ts';
import type { PresenterPort } from './presenter-port.ts';
import { Problem } from './problem.ts';
import type { Route } from './route.ts';
import type { SchemaName } from './schemas.ts';

type Answering = (presenter: PresenterPort, request: Request, response: Response) => unknown;

const GUARDED = 'needs the header x-portolan-action: 1';

/** The routes of the presenter's panel; only an embedded cluster has them. */
export function presenterRoutes(clusters: readonly ClusterPort[]): Route[] {
  const on = onCluster(clusters);
  const answering = (answer: Answering): RequestHandler =>
    on(async (cluster, request, response) => {
      response.json(await answer(presenterOf(cluster), request, response));
    });
  const reading = (path: string, says: string, json: SchemaName, answer: Answering): Route => ({
    method: 'get',
    path: `${CLUSTER_PATH}/${path}`,
    says,
    query: [],
    answer: { json },
    handlers: [answering(answer)],
  });
  const acting = (
    [method, path]: ['post' | 'delete', string],
    says: string,
    json: SchemaName,
    answer: Answering,
    takes?: SchemaName,
  ): Route => ({
    method,
    path: `${CLUSTER_PATH}/${path}`,
    says: `${says}; ${GUARDED}`,
    query: [],
    ...(takes && { takes }),
    answer: { json },
    handlers: [actionGuard, ...(takes ? [readJson] : []), answering(answer)],
  });
  return [
    reading('scenario', "The presenter's steps and the tour; only of the embedded cluster", 'Scenario', (presenter) =>
      presenter.describe(),
    ),
    acting(['post', 'scenario/steps/{id}'], 'Runs a step of the scenario', 'Scenario', runStep),
    acting(
      ['post', 'scenario/tour'],
      'Plays, pauses, steps or stops the tour of the scenario',
      'Scenario',
      (presenter, request) => presenter.tour(bodyOf(tourCommand, request)),
      'TourCommand',
    ),
    reading('services', 'Where the services of the embedded cluster answer', 'ServiceAddresses', (presenter) => ({
      addresses: presenter.addresses(),
    })),
    reading('traffic', 'What the built-in client has seen of a service', 'Traffic', (presenter) => presenter.traffic()),
    acting(
      ['post', 'traffic'],
      'Starts or stops the built-in client, or counts from zero',
      'Traffic',
      (presenter, request) => presenter.commandTraffic(bodyOf(trafficCommand, request)),
      'TrafficCommand',
    ),
    reading('faults', 'The faults there are, and those in force', 'Faults', faultsOf),
    acting(
      ['post', 'faults'],
      'Begins a fault of the embedded cluster',
      'Faults',
      (presenter, request) => {
        presenter.inject(bodyOf(faultRequest, request));
        return faultsOf(presenter);
      },
      'FaultRequest',
    ),
    acting(['delete', 'faults/{handle}'], 'Ends a fault, or `all` of them', 'Faults', (presenter, request) => {
      presenter.clear(String(request.params.handle));
      return faultsOf(presenter);
    }),
  ];
}

function presenterOf({ name, presenter }: ClusterPort): PresenterPort {
  if (presenter !== null) return presenter;
  throw new Problem(404, `The cluster "${name}" is a real one: it plays no scenario and is only read.`);
}

function faultsOf(presenter: PresenterPort): Faults {
  return { catalogue: presenter.faultKinds(), active: presenter.activeFaults() };
}

async function runStep(presenter: PresenterPort, request: Request): Promise<unknown> {
  const id = String(request.params.id);
  const step = presenter.describe().steps.find((one) => one.id === id);
  if (step === undefined) throw new Problem(404, `The scenario has no step "${id}".`);
  if (!step.enabled) throw new Problem(409, `The step "${id}" cannot be run now; run those before it first.`);
  return presenter.run(id);
}
