import { describe, expect, it } from 'vitest';
import { authorize } from '../api/access/authorize.ts';
import { startLab } from '../testing/lab.ts';

describe('roles that are made of others', () => {
  it('[M132] say what the roles say that their selectors name, and nothing is written while that stays', () => {
    const lab = startLab();
    const roles = lab.record('clusterroles.rbac.authorization.k8s.io');
    lab.seconds(10);
    expect(roles).toEqual([]);
    const jane = { username: 'jane', groups: [] };
    const wanted = { verb: 'get', group: 'example.com', resource: 'boats', namespace: 'default' };
    lab.create(`{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: given},
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}, subjects: [{kind: User, name: jane}]}`);
    expect(authorize(lab.store, jane, wanted).allowed).toBe(false);
    lab.create(`{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,
      metadata: {name: boats, labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}},
      rules: [{verbs: [get], apiGroups: [example.com], resources: [boats]}]}`);
    lab.seconds(10);
    expect(authorize(lab.store, jane, wanted).allowed).toBe(true);
    lab.store.delete('clusterroles.rbac.authorization.k8s.io', { name: 'boats' });
    lab.seconds(10);
    expect(authorize(lab.store, jane, wanted).allowed).toBe(false);
  });
});
