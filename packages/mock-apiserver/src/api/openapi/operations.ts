import { SUBRESOURCES } from '../discovery.ts';
import type { ServedResource, Subresource } from '../resource.ts';
import { type GroupVersionKind, gvkOf, listTypeOf, typeOf } from './kinds.ts';
import type { Part } from './schemas.ts';

/** A parameter: where it stands, its type, what it does. */
export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'body';
  type: 'string' | 'integer' | 'boolean' | 'body';
  description: string;
}

const query = (name: string, type: 'string' | 'integer' | 'boolean', description: string): Parameter => ({
  name,
  in: 'query',
  type,
  description,
});

const inPath = (name: string, description: string): Parameter => ({ name, in: 'path', type: 'string', description });

const DRY_RUN = query('dryRun', 'string', 'When present, indicates that modifications should not be persisted.');

const WRITE = [
  DRY_RUN,
  query('fieldManager', 'string', 'The name of the actor that is making these changes.'),
  query('fieldValidation', 'string', 'What to do about unknown or duplicate fields: Ignore, Warn or Strict.'),
];

const LIST = [
  query('allowWatchBookmarks', 'boolean', 'Requests watch events with type "BOOKMARK".'),
  query('continue', 'string', 'The token that a list gave for what is left of it.'),
  query('fieldSelector', 'string', 'Restricts the list by fields.'),
  query('labelSelector', 'string', 'Restricts the list by labels.'),
  query('limit', 'integer', 'The most to answer at once.'),
  query('resourceVersion', 'string', 'The version at or from which to answer.'),
  query('resourceVersionMatch', 'string', 'How resourceVersion is applied to lists.'),
  query('sendInitialEvents', 'boolean', 'Begins a watch with all there is, and a bookmark.'),
  query('timeoutSeconds', 'integer', 'The seconds after which the call ends.'),
  query('watch', 'boolean', 'Watches for changes instead of listing.'),
];

const DELETE = [
  DRY_RUN,
  query('gracePeriodSeconds', 'integer', 'The seconds before the object is deleted; zero deletes at once.'),
  query('orphanDependents', 'boolean', 'Deprecated: use propagationPolicy.'),
  query('propagationPolicy', 'string', 'Whether and how dependents are collected: Orphan, Background or Foreground.'),
];

/** Each action: the verb in its identifier, its method, its parameters, whether it takes a body of its kind. */
const ACTIONS = {
  list: { says: 'list', method: 'get', parameters: LIST },
  post: { says: 'create', method: 'post', parameters: WRITE },
  deletecollection: { says: 'deleteCollection', method: 'delete', parameters: [...LIST.slice(1, -1), ...DELETE] },
  get: { says: 'read', method: 'get', parameters: [] },
  put: { says: 'replace', method: 'put', parameters: WRITE },
  patch: {
    says: 'patch',
    method: 'patch',
    parameters: [...WRITE, query('force', 'boolean', 'Takes fields from other managers when applying.')],
  },
  delete: { says: 'delete', method: 'delete', parameters: DELETE },
} as const;

/** What is done with a resource, in the words of `x-kubernetes-action`. */
export type Action = keyof typeof ACTIONS;

/** One operation, in no form yet. */
export interface Operation {
  id: string;
  method: string;
  action: Action;
  gvk: GroupVersionKind;
  parameters: readonly Parameter[];
  /** The type of the body; undefined where it has none, `patch` where it is a patch of any type. */
  takes: string | undefined;
  answers: string;
}

/** A path with its operations and the parameters of all of them. */
export interface Path {
  path: string;
  parameters: Parameter[];
  operations: Operation[];
}

const NAMESPACE = inPath('namespace', 'object name and auth scope, such as for teams and projects');
const PRETTY = query('pretty', 'string', "If 'true', then the output is pretty printed.");

const words = (text: string) =>
  text
    .split(/[.\-/]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const groupName = ({ group, version }: ServedResource) => words(`${group.split('.')[0] || 'core'}.${version}`);

const OF_VERB: Record<string, Action> = { create: 'post', get: 'get', patch: 'patch', update: 'put', delete: 'delete' };

function operation(served: ServedResource, action: Action, gvk: GroupVersionKind, suffix: string): Operation {
  const { says, method, parameters } = ACTIONS[action];
  const scope = served.resource.namespaced ? 'Namespaced' : '';
  const type = typeOf(gvk);
  const bodies: Partial<Record<Action, string>> = { post: type, put: type, patch: 'patch' };
  const gone = action === 'delete' || action === 'deletecollection';
  return {
    id: `${says}${groupName(served)}${scope}${served.resource.kind}${suffix}`,
    method,
    action,
    gvk,
    parameters,
    takes: gone ? 'meta/v1.DeleteOptions' : bodies[action],
    answers: gone ? 'meta/v1.Status' : action === 'list' ? (listTypeOf(served) ?? type) : type,
  };
}

function subresourcePath(served: ServedResource, item: string, subresource: Subresource): [string, Operation[]] {
  const actions = SUBRESOURCES[subresource].verbs.flatMap((verb) => OF_VERB[verb] ?? []);
  const gvk = gvkOf(served, subresource);
  return [`${item}/${subresource}`, actions.map((action) => operation(served, action, gvk, words(subresource)))];
}

/** The paths under which a resource is served. */
export function pathsOf(served: ServedResource): Path[] {
  const { group, version, resource } = served;
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const scoped = resource.namespaced ? '/namespaces/{namespace}' : '';
  const collection = `${root}${scoped}/${resource.plural}`;
  const item = `${collection}/{name}`;
  const may = (verb: string) => (resource.verbs as string[]).includes(verb);
  const gvk = gvkOf(served);
  const make = (actions: Action[], suffix = '') => actions.map((action) => operation(served, action, gvk, suffix));
  const together = [
    ...(may('list') ? (['list'] as const) : []),
    ...(may('create') ? (['post'] as const) : []),
    ...(may('deletecollection') ? (['deletecollection'] as const) : []),
  ];
  const single = (['get', 'update', 'patch', 'delete'] as const).filter(may).flatMap((verb) => OF_VERB[verb] ?? []);
  const everywhere: [string, Operation[]][] =
    resource.namespaced && may('list') ? [[`${root}/${resource.plural}`, make(['list'], 'ForAllNamespaces')]] : [];
  const paths: [string, Operation[]][] = [
    [collection, make(together)],
    [item, make(single)],
    ...resource.subresources.map((each) => subresourcePath(served, item, each)),
    ...everywhere,
  ];
  return paths
    .filter(([, operations]) => operations.length > 0)
    .map(([path, operations]) => ({
      path,
      operations,
      parameters: [
        ...(path.includes('{name}') ? [inPath('name', `name of the ${resource.kind}`)] : []),
        ...(path.includes('{namespace}') ? [NAMESPACE] : []),
        PRETTY,
      ],
    }));
}

/** What both forms say of an operation. */
export function commonParts({ id, action, gvk }: Operation, tag: string): Part {
  return {
    description: `${action} ${gvk.kind}`,
    operationId: id,
    tags: [tag],
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  };
}

/** The tag of a group-version's operations: `apps_v1`. */
export function tagOf({ group, version }: ServedResource): string {
  return `${group.split('.')[0] || 'core'}_${version}`;
}
