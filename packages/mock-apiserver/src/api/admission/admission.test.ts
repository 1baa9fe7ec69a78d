import type { Pod } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';

const pod = (name: string, resources = '{}', more = '') =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}}, spec: {containers: [{name: a, image: x, resources: ${resources}}] ${more}}}`;

describe('admission', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startLab();
  });

  it('[M127] a pod gets its account, that account’s token and secrets, and tolerates a lost node for five minutes', () => {
    lab.create('{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}, imagePullSecrets: [{name: hub}]}');
    const { spec } = lab.create(pod('web', '{}', ', serviceAccountName: robot')) as Pod;
    const name = spec.volumes?.[0]?.name ?? '';
    expect(name).toMatch(/^kube-api-access-[a-z0-9]{5}$/);
    expect(spec.containers[0]?.volumeMounts).toEqual([
      { name, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
    ]);
    expect(spec.imagePullSecrets).toEqual([{ name: 'hub' }]);
    expect(spec.tolerations?.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([
      ['node.kubernetes.io/not-ready', 300],
      ['node.kubernetes.io/unreachable', 300],
    ]);
    const quiet = lab.create(pod('quiet', '{}', ', automountServiceAccountToken: false')) as Pod;
    expect(quiet.spec.volumes).toBeUndefined();
    expect(() => lab.create(pod('lost', '{}', ', serviceAccountName: nobody'))).toThrow(
      'pods "lost" is forbidden: error looking up service account default/nobody: serviceaccount "nobody" not found',
    );
  });

  it('[M127] a pod gets the priority of its class', () => {
    lab.create('{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}, value: 1000}');
    const { spec } = lab.create(pod('web', '{}', ', priorityClassName: high')) as Pod;
    expect(spec).toMatchObject({ priority: 1000, preemptionPolicy: 'PreemptLowerPriority' });
    expect(() => lab.create(pod('other', '{}', ', priorityClassName: low'))).toThrow(
      'pods "other" is forbidden: no PriorityClass with name low was found',
    );
  });

  it('[M128] limits give what is not asked for, and refuse what is beyond them', () => {
    lab.create(`{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: [
      {type: Container, default: {memory: 256Mi}, defaultRequest: {cpu: 100m}, max: {memory: 1Gi}, min: {cpu: 50m}}]}}`);
    const made = lab.create(pod('web')) as Pod;
    expect(made.spec.containers[0]?.resources).toEqual({
      limits: { memory: '256Mi' },
      requests: { cpu: '100m', memory: '256Mi' },
    });
    expect(made.metadata.annotations).toEqual({
      'kubernetes.io/limit-ranger':
        'LimitRanger plugin set: cpu, memory request for container a; memory limit for container a',
    });
    expect(() => lab.create(pod('big', '{requests: {cpu: 10m}, limits: {memory: 2Gi}}'))).toThrow(
      'pods "big" is forbidden: [minimum cpu usage per Container is 50m, but request is 10m, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
    );
  });

  it('[M128] a quota refuses what it has no room for, and what does not say what it counts', () => {
    lab.create(
      "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {requests.cpu: '1', pods: '2', count/configmaps: '1'}}}",
    );
    lab.create(pod('one', '{requests: {cpu: 600m}}'));
    expect(() => lab.create(pod('silent'))).toThrow(
      'pods "silent" is forbidden: failed quota: q: must specify requests.cpu for: a',
    );
    expect(() => lab.create(pod('two', '{requests: {cpu: 500m}}'))).toThrow(
      'pods "two" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used: requests.cpu=600m, limited: requests.cpu=1',
    );
    lab.seconds(5);
    expect(lab.store.get('resourcequotas', { namespace: 'default', name: 'q' })?.status?.used).toMatchObject({
      pods: '1',
      'requests.cpu': '600m',
    });
  });

  it('[M128] a quota holds for pods that a controller makes, and the controller tells of it', () => {
    lab.create("{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: '1'}}}");
    lab.create(`{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {replicas: 2, selector: {matchLabels: {a: b}},
      template: {metadata: {labels: {a: b}}, spec: {containers: [{name: a, image: x}]}}}}`);
    lab.seconds(10);
    expect(lab.store.list('pods', 'default')).toHaveLength(1);
    const told = lab.store.list('events').find(({ reason }) => reason === 'FailedCreate');
    expect(told?.message).toMatch(
      /^Error creating: pods "web-.*" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1$/,
    );
  });

  it('[M128] a claim gets the default class', () => {
    const isDefault = "annotations: {storageclass.kubernetes.io/is-default-class: 'true'}";
    lab.create(
      `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: slow, ${isDefault}}, provisioner: p}`,
    );
    const claim = lab.create(`{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data},
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}`);
    expect(claim).toMatchObject({
      spec: { storageClassName: 'slow', volumeMode: 'Filesystem' },
      status: { phase: 'Pending' },
    });
  });
});
