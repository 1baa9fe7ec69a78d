import type { PolicyRule, RoleBinding, Subject } from '@portolan/shared';
import { ApiError } from '../../api-error.ts';
import type { Store } from '../../store/store.ts';
import { serviceAccountName, type UserInfo } from './user.ts';

/** What somebody wants to do: to a resource, or to a path that is none. */
export type Attributes =
  | {
      verb: string;
      group: string;
      resource: string;
      subresource?: string | undefined;
      namespace?: string | undefined;
      name?: string | undefined;
    }
  | { verb: string; path: string };

/** Whether it is allowed, and by what. */
export interface Decision {
  allowed: boolean;
  reason: string;
}

const RBAC = 'rbac.authorization.k8s.io';
const CLUSTER_BINDINGS = `clusterrolebindings.${RBAC}`;
const BINDINGS = `rolebindings.${RBAC}`;

/** The group that is allowed everything whatever the roles say (apiserver `authorizerfactory.NewPrivilegedGroups`). */
const PRIVILEGED = 'system:masters';

function isSubject({ kind, name, namespace }: Subject, { username, groups }: UserInfo, inNamespace: string): boolean {
  if (kind === 'Group') return groups.includes(name);
  if (kind === 'User') return username === name;
  return username === serviceAccountName(namespace ?? inNamespace, name);
}

/** One role that somebody has: its rules, and how to tell of it. */
interface Grant {
  rules: PolicyRule[];
  reason: string;
}

function subjectText({ kind, name, namespace }: Subject, inNamespace: string): string {
  return kind === 'ServiceAccount' ? `ServiceAccount "${name}/${namespace ?? inNamespace}"` : `${kind} "${name}"`;
}

function grantsOf(store: Store, user: UserInfo, bindings: RoleBinding[], kind: string): Grant[] {
  return bindings.flatMap((binding) => {
    const { name, namespace = '' } = binding.metadata;
    const subject = binding.subjects?.find((candidate) => isSubject(candidate, user, namespace));
    if (!subject) return [];
    const { roleRef } = binding;
    const role =
      roleRef.kind === 'ClusterRole'
        ? store.get('clusterroles.rbac.authorization.k8s.io', { name: roleRef.name })
        : store.get('roles.rbac.authorization.k8s.io', { namespace, name: roleRef.name });
    const where = namespace === '' ? name : `${name}/${namespace}`;
    const reason = `RBAC: allowed by ${kind} "${where}" of ${roleRef.kind} "${roleRef.name}" to ${subjectText(subject, namespace)}`;
    return [{ rules: role?.rules ?? [], reason }];
  });
}

/** The roles that `user` has in a namespace, those of the whole cluster first. */
function grants(store: Store, user: UserInfo, namespace: string | undefined): Grant[] {
  return [
    ...grantsOf(store, user, store.list(CLUSTER_BINDINGS), 'ClusterRoleBinding'),
    ...(namespace ? grantsOf(store, user, store.list(BINDINGS, namespace), 'RoleBinding') : []),
  ];
}

const covers = (list: readonly string[] | undefined, wanted: string) =>
  list?.some((entry) => entry === '*' || entry === wanted) ?? false;

function pathCovers(urls: readonly string[] | undefined, path: string): boolean {
  return urls?.some((url) => url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1)))) ?? false;
}

/** Whether a rule allows what is wanted (`RuleAllows` in `plugin/pkg/auth/authorizer/rbac`). */
function allows(rule: PolicyRule, wanted: Attributes): boolean {
  if (!covers(rule.verbs, wanted.verb)) return false;
  if ('path' in wanted) return pathCovers(rule.nonResourceURLs, wanted.path);
  const { group, resource, subresource, name } = wanted;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const named = !rule.resourceNames?.length || rule.resourceNames.includes(name ?? '');
  const ofAny = subresource !== undefined && (rule.resources?.includes(`*/${subresource}`) ?? false);
  return named && covers(rule.apiGroups, group) && (covers(rule.resources, full) || ofAny);
}

/** Whether `user` may do what is wanted, by the roles that the store holds. */
export function authorize(store: Store, user: UserInfo, wanted: Attributes): Decision {
  if (user.groups.includes(PRIVILEGED)) return { allowed: true, reason: '' };
  const namespace = 'path' in wanted ? undefined : wanted.namespace;
  const found = grants(store, user, namespace).find(({ rules }) => rules.some((rule) => allows(rule, wanted)));
  return found ? { allowed: true, reason: found.reason } : { allowed: false, reason: '' };
}

/** All rules that hold for `user` in a namespace, for `kubectl auth can-i --list`. */
export function rulesFor(store: Store, user: UserInfo, namespace: string): PolicyRule[] {
  return grants(store, user, namespace).flatMap(({ rules }) => rules);
}

/** The refusal of what is not allowed, in the words of apiserver `responsewriters/errors.go`. */
export function forbidden(user: UserInfo, wanted: Attributes): ApiError {
  const who = `User ${JSON.stringify(user.username)}`;
  if ('path' in wanted) {
    return new ApiError('Forbidden', `forbidden: ${who} cannot ${wanted.verb} path ${JSON.stringify(wanted.path)}`, {});
  }
  const { verb, group, resource, subresource, namespace, name } = wanted;
  const full = subresource ? `${resource}/${subresource}` : resource;
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope';
  const qualified = group ? `${resource}.${group}` : resource;
  const named = name ? ` ${JSON.stringify(name)}` : '';
  return new ApiError(
    'Forbidden',
    `${qualified}${named} is forbidden: ${who} cannot ${verb} resource ${JSON.stringify(full)} in API group ${JSON.stringify(group)} ${where}`,
    { ...(name && { name }), ...(group && { group }), kind: resource },
  );
}

/** Throws the refusal of what the roles do not allow whoever asks; nobody in particular may do everything. */
export function needAllowed(store: Store, user: UserInfo | undefined, wanted: Attributes): void {
  if (user && !authorize(store, user, wanted).allowed) throw forbidden(user, wanted);
}
