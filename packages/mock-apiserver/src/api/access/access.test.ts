import type { KubeObject, Secret } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';
import { callApi } from '../in-process.ts';
import { type Attributes, authorize, forbidden, rulesFor } from './authorize.ts';
import { userOf } from './identity.ts';
import { issueToken, userOfToken } from './tokens.ts';
import { ADMINISTRATOR, impliedGroups, type UserInfo } from './user.ts';

const JANE: UserInfo = { username: 'jane', groups: ['system:authenticated'] };
const to = (verb: string, resource: string, more: object = {}): Attributes => ({
  verb,
  group: '',
  resource,
  namespace: 'default',
  ...more,
});
const binding = (kind: string, role: string, subject: string) => `
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: {name: given}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role}}
subjects: [${subject}]`;
const jane = '{kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}';

describe('access', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startLab();
  });

  it('[M121] the administrator may do everything, somebody else nothing that no role says', () => {
    expect(authorize(lab.store, ADMINISTRATOR, to('delete', 'secrets')).allowed).toBe(true);
    expect(authorize(lab.store, JANE, to('get', 'pods')).allowed).toBe(false);
    expect(authorize(lab.store, JANE, { verb: 'get', path: '/api' }).allowed).toBe(true);
    expect(forbidden(JANE, to('get', 'pods', { name: 'a' })).toStatus()).toMatchObject({
      code: 403,
      message:
        'pods "a" is forbidden: User "jane" cannot get resource "pods" in API group "" in the namespace "default"',
    });
  });

  it.each([
    ['view', 'list', 'pods', {}, true],
    ['view', 'list', 'secrets', {}, false],
    ['view', 'get', 'pods', { subresource: 'log' }, true],
    ['edit', 'list', 'secrets', {}, true],
    ['edit', 'patch', 'deployments', { group: 'apps' }, true],
    ['edit', 'create', 'roles', { group: 'rbac.authorization.k8s.io' }, false],
    ['admin', 'create', 'roles', { group: 'rbac.authorization.k8s.io' }, true],
    ['admin', 'get', 'nodes', { namespace: undefined }, false],
  ])('[M121] with the role %s, %s %s %o is %s', (role, verb, resource, more, allowed) => {
    lab.create(binding('RoleBinding', role, jane));
    expect(authorize(lab.store, JANE, to(verb, resource, more)).allowed).toBe(allowed);
    expect(authorize(lab.store, JANE, to(verb, resource, { ...more, namespace: 'kube-system' })).allowed).toBe(false);
  });

  it('[M121] a role says why something is allowed, and binds the whole cluster or names of objects', () => {
    lab.create(binding('ClusterRoleBinding', 'one-map', jane));
    lab.create(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: one-map}
rules: [{verbs: [get], apiGroups: [''], resources: [configmaps], resourceNames: [settings]}]`);
    expect(authorize(lab.store, JANE, to('get', 'configmaps', { name: 'settings' }))).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by ClusterRoleBinding "given" of ClusterRole "one-map" to User "jane"',
    });
    expect(authorize(lab.store, JANE, to('get', 'configmaps', { name: 'other' })).allowed).toBe(false);
    expect(rulesFor(lab.store, JANE, 'default')).toContainEqual({
      verbs: ['get'],
      apiGroups: [''],
      resources: ['configmaps'],
      resourceNames: ['settings'],
    });
  });

  it('[M121] a request is whoever it impersonates, else whose token it bears, else the administrator', () => {
    const account = lab.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}');
    const claim = { namespace: 'default', name: 'robot', uid: account.metadata.uid, seconds: 600, audiences: ['a'] };
    const token = issueToken(lab.store, lab.clock, claim);
    const robot = 'system:serviceaccount:default:robot';
    const ask = (headers: Record<string, string>) => userOf(headers, lab.store, lab.clock);
    expect(ask({ authorization: `Bearer ${token}` })).toEqual({
      username: robot,
      uid: account.metadata.uid,
      groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    });
    expect(ask({ authorization: 'Bearer demo' })).toBe(ADMINISTRATOR);
    expect(ask({ 'impersonate-user': 'jane', 'impersonate-group': 'dev, ops' })).toEqual({
      username: 'jane',
      groups: ['dev', 'ops', 'system:authenticated'],
    });
    lab.seconds(601);
    expect(userOfToken(lab.store, lab.clock, token)).toBeUndefined();
    expect(impliedGroups('system:anonymous')).toEqual(['system:unauthenticated']);
  });

  it('[M131] a Secret that asks for it gets the token of its account, and it is that account that bears it', () => {
    const account = lab.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}');
    const secret =
      lab.create(`{apiVersion: v1, kind: Secret, metadata: {name: key, annotations: {kubernetes.io/service-account.name: robot}},
      type: kubernetes.io/service-account-token}`) as Secret;
    expect(secret.metadata.annotations?.['kubernetes.io/service-account.uid']).toBe(account.metadata.uid);
    expect(Object.keys(secret.data ?? {}).sort()).toEqual(['ca.crt', 'namespace', 'token']);
    const token = Buffer.from(secret.data?.token ?? '', 'base64').toString();
    expect(userOfToken(lab.store, lab.clock, token)?.username).toBe('system:serviceaccount:default:robot');
  });

  it('[M131] an account is given tokens on request, for ten minutes or longer', () => {
    lab.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}');
    const path = '/api/v1/namespaces/default/serviceaccounts/robot/token';
    const ask = (spec: object) =>
      callApi(lab.api, { method: 'POST', path, body: { kind: 'TokenRequest', spec } }) as { status: { token: string } };
    expect(userOfToken(lab.store, lab.clock, ask({}).status.token)?.groups).toContain('system:serviceaccounts:default');
    expect(() => ask({ expirationSeconds: 60 })).toThrow('may not specify a duration less than 10 minutes');
  });

  it('[M121] a review answers by the roles, and is not kept', () => {
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews';
    const resourceAttributes = { namespace: 'default', verb: 'get', resource: 'pods' };
    const body = { kind: 'SubjectAccessReview', spec: { user: 'jane', resourceAttributes } };
    const review = () => callApi(lab.api, { method: 'POST', path, body }) as KubeObject & { status: object };
    expect(review().status).toEqual({ allowed: false });
    lab.create(binding('RoleBinding', 'view', jane));
    expect(review().status).toMatchObject({ allowed: true });
    expect(() => callApi(lab.api, { method: 'GET', path })).toThrow('does not allow this method');
  });
});
