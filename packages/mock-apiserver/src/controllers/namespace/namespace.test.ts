import { describe, expect, it } from 'vitest';
import { startLab } from '../../testing/lab.ts';

describe('namespaces and quotas', () => {
  const pod = (name: string) => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: team}
spec: {containers: [{name: c, image: 'web:1', resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 1}}}]}
`;

  it('[M174] every namespace has its account and its root certificate, and gets them back', () => {
    const lab = startLab();
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.seconds(1);
    const bundle = { namespace: 'team', name: 'kube-root-ca.crt' };
    expect(lab.store.need('configmaps', bundle).data?.['ca.crt']).toMatch(/^-----BEGIN CERTIFICATE-----/);
    lab.store.delete('configmaps', bundle);
    lab.store.delete('serviceaccounts', { namespace: 'team', name: 'default' });
    lab.seconds(1);
    expect(lab.store.get('configmaps', bundle)).toBeDefined();
    expect(lab.store.get('serviceaccounts', { namespace: 'team', name: 'default' })).toBeDefined();
  });

  it('[M174] one that ends says what is left of it and which finalizers hold it back', () => {
    const lab = startLab();
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.create(
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: held, namespace: team, finalizers: [example.com/keep]}}',
    );
    lab.seconds(1);
    lab.store.delete('namespaces', { name: 'team' });
    lab.seconds(5);
    const conditions = lab.store.need('namespaces', { name: 'team' }).status?.conditions ?? [];
    expect(conditions.map(({ type, status, message }) => `${type}=${status} ${message}`)).toEqual([
      'NamespaceDeletionDiscoveryFailure=False All resources successfully discovered',
      'NamespaceDeletionGroupVersionParsingFailure=False All legacy kube types successfully parsed',
      'NamespaceDeletionContentFailure=False All content successfully deleted, may be waiting on finalization',
      'NamespaceContentRemaining=True Some resources are remaining: configmaps. has 1 resource instances',
      'NamespaceFinalizersRemaining=True Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances',
    ]);
    lab.store.update('configmaps', { namespace: 'team', name: 'held' }, (draft) => {
      draft.metadata.finalizers = [];
      return draft;
    });
    lab.seconds(5);
    expect(lab.store.get('namespaces', { name: 'team' })).toBeUndefined();
  });

  it('[M173] a quota says what its namespace uses, and less when something goes', () => {
    const lab = startLab();
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.create(`
apiVersion: v1
kind: ResourceQuota
metadata: {name: q, namespace: team}
spec: {hard: {pods: '10', requests.cpu: '2', memory: 1Gi, limits.cpu: '8', count/deployments.apps: '5', configmaps: '5'}}`);
    lab.create(pod('a'));
    lab.create(pod('b'));
    lab.seconds(30);
    const used = () => lab.store.need('resourcequotas', { namespace: 'team', name: 'q' }).status?.used;
    expect(used()).toEqual({
      pods: '2',
      'requests.cpu': '200m',
      memory: '128Mi',
      'limits.cpu': '2',
      'count/deployments.apps': '0',
      configmaps: '1',
    });
    lab.store.delete('pods', { namespace: 'team', name: 'a' });
    lab.seconds(30);
    expect(used()).toMatchObject({ pods: '1', 'requests.cpu': '100m' });
  });

  it('[M173] a set whose pods the quota refuses says so, and so does its Deployment, until there is room', () => {
    const lab = startLab();
    lab.create('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
    lab.create(
      '{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: team}, spec: {hard: {pods: "2"}}}',
    );
    lab.seconds(2);
    lab.create(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: team}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: 'web:1'}]}}
`);
    lab.seconds(60);
    const ref = { namespace: 'team', name: 'web' };
    const failure = () =>
      lab.store.need('deployments.apps', ref).status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
    expect(lab.store.list('pods', 'team')).toHaveLength(2);
    expect(failure()).toMatchObject({ status: 'True', reason: 'FailedCreate' });
    expect(failure()?.message).toContain('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2');
    const told = lab.store.list('events', 'team').filter(({ reason }) => reason === 'FailedCreate');
    expect(told[0]?.message).toMatch(/^Error creating: pods "web-[^"]+" is forbidden: exceeded quota/);
    lab.store.update('resourcequotas', { namespace: 'team', name: 'q' }, (draft) =>
      Object.assign(draft, { spec: { hard: { pods: '5' } } }),
    );
    lab.seconds(120);
    expect(lab.store.list('pods', 'team')).toHaveLength(3);
    expect(failure()).toBeUndefined();
  });
});
