import { objectsOf } from './manifests.ts';
import { manifestTarget, resourceOf } from './resource-path.ts';
import type { Step } from './scenario.ts';
import type { View } from './view.ts';

/** YAML texts by file name. */
type Manifests = Readonly<Record<string, string>>;

/** What a step says and shows, without what it does. */
type Told = Pick<Step, 'id' | 'title' | 'says' | 'expects'> & Partial<Step>;

/** Which objects of some manifests are there, and which are not. */
function presence(manifests: Manifests, files: readonly string[]) {
  let targets: ReturnType<typeof manifestTarget>[] | undefined;
  return ({ store }: View): boolean[] => {
    targets ??= files.flatMap((file) => objectsOf(manifests[file] ?? '').map(manifestTarget));
    return targets.map(({ kind, name, namespace = 'default' }) => {
      const { key, namespaced } = resourceOf(kind);
      const object = store.get(key, namespaced ? { namespace, name } : { name });
      return object !== undefined && object.metadata.deletionTimestamp === undefined;
    });
  };
}

/** A step that creates manifests: it can be run while something of them is missing, and is done when all is there. */
export function createStep(manifests: Manifests, files: readonly string[], told: Told): Step {
  const there = presence(manifests, files);
  return {
    actions: files.map((manifest) => ({ do: 'create', manifest })),
    enabled: (view) => !there(view).every(Boolean),
    done: (view) => there(view).every(Boolean),
    ...told,
  };
}

/** A step that deletes what manifests created, the last first: then the scenario is where it began, with everything to do. */
export function deleteStep(manifests: Manifests, files: readonly string[], told: Told): Step {
  const there = presence(manifests, files);
  return {
    actions: files.toReversed().map((manifest) => ({ do: 'delete', manifest })),
    enabled: (view) => there(view).some(Boolean),
    done: () => false,
    ...told,
  };
}

/** A step that can be run again whenever the cluster is in the state it starts from: it never counts as done unless told when. */
export function repeatedStep(told: Omit<Step, 'done'> & Partial<Pick<Step, 'done'>>): Step {
  return { done: () => false, ...told };
}
