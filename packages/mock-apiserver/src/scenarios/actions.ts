import { type Deployment, matches, parseSelector } from '@portolan/shared';
import { parse as parseYaml } from 'yaml';
import type { ApiContext } from '../api/request.ts';
import { groupVersion, type ServedResource } from '../api/resource.ts';
import { SERVED } from '../api/resources.ts';
import { createObject } from '../api/write.ts';
import { ApiError } from '../api-error.ts';
import { revisionOf } from '../controllers/deployment/revisions.ts';
import { controllerOf } from '../controllers/ownership.ts';
import type { Action, ScenarioScript } from './scenario.ts';

/** Does what steps ask, through the same handlers that serve kubectl. */
export interface ActionRunner {
  run(action: Action): void;
}

interface Manifest {
  served: ServedResource;
  name: string;
  text: string;
}

const NAMESPACE = 'default';

/** Which resource a manifest is of, and its name. */
function readManifest(script: ScenarioScript, file: string): Manifest {
  const text = script.manifests[file];
  if (text === undefined) throw new Error(`scenario ${script.name} has no manifest ${file}`);
  const { apiVersion, kind, metadata } = parseYaml(text, { version: '1.1' }) as {
    apiVersion: string;
    kind: string;
    metadata: { name: string };
  };
  const served = SERVED.find(
    ({ group, version, resource }) => groupVersion(group, version) === apiVersion && resource.kind === kind,
  );
  if (!served) throw new Error(`manifest ${file} is a ${kind} of ${apiVersion}, which is not served`);
  return { served, name: metadata.name, text };
}

/** Runs a scenario's actions against one cluster. */
export function createActionRunner(script: ScenarioScript, context: ApiContext): ActionRunner {
  const { store } = context;

  const update = (name: string, change: (draft: Deployment) => void) =>
    store.update('deployments.apps', { namespace: NAMESPACE, name }, (draft) => {
      change(draft);
      return draft;
    });

  /** As `kubectl rollout undo`: the template of the revision before, without its hash. */
  const undo = (name: string) => {
    const deployment = store.need('deployments.apps', { namespace: NAMESPACE, name });
    if (deployment.spec.paused) {
      throw new ApiError('BadRequest', `deployment "${name}" is paused: resume it before it is rolled back`);
    }
    const sets = store
      .list('replicasets.apps', NAMESPACE)
      .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid)
      .sort((a, b) => revisionOf(b) - revisionOf(a));
    const template = structuredClone(sets[1]?.spec.template);
    if (!template) throw new ApiError('BadRequest', `no rollout history found for deployment "${name}"`);
    delete template.metadata?.labels?.['pod-template-hash'];
    update(name, (draft) => {
      draft.spec.template = template;
    });
  };

  /** The oldest running pod with these labels. */
  const killPod = (labels: string) => {
    const selector = parseSelector(labels);
    const victim = store
      .list('pods', NAMESPACE)
      .filter((pod) => !pod.metadata.deletionTimestamp && pod.status?.phase === 'Running')
      .sort((a, b) => Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp))
      .find((pod) => matches(selector, pod.metadata.labels ?? {}));
    if (!victim) throw new ApiError('NotFound', `no running pod with the labels ${labels}`);
    store.delete('pods', victim.metadata);
  };

  const create = (file: string) => {
    const { served, name, text } = readManifest(script, file);
    // What is there already is left as it is, so that a step half done can be run again.
    if (store.get(served.resource.key, { namespace: NAMESPACE, name })) return;
    createObject(
      {
        method: 'POST',
        served,
        namespace: NAMESPACE,
        name: undefined,
        subresource: undefined,
        query: new URLSearchParams(),
        accept: undefined,
        contentType: 'application/yaml',
        body: Buffer.from(text),
      },
      context,
    );
  };

  return {
    run(action) {
      switch (action.do) {
        case 'create':
          create(action.manifest);
          break;
        case 'scale':
          update(action.deployment, (draft) => {
            draft.spec.replicas = action.replicas;
          });
          break;
        case 'setImage':
          update(action.deployment, (draft) => {
            for (const container of draft.spec.template.spec.containers) {
              if (container.name === action.container) container.image = action.image;
            }
          });
          break;
        case 'undo':
          undo(action.deployment);
          break;
        case 'killPod':
          killPod(action.labels);
          break;
        case 'delete': {
          const { served, name } = readManifest(script, action.manifest);
          const ref = { namespace: NAMESPACE, name };
          if (store.get(served.resource.key, ref)) store.delete(served.resource.key, ref);
          break;
        }
      }
    },
  };
}
