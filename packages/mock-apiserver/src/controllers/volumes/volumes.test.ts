import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';

const storageClass = (extra: string) =>
  `{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: csi.example.com, ${extra}}`;

const claim = (spec: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, ${spec}}
`;

const volume = (name: string, storage: string, extra = '') => `
apiVersion: v1
kind: PersistentVolume
metadata: {name: ${name}, labels: {disk: ${name}}}
spec: {capacity: {storage: ${storage}}, accessModes: [ReadWriteOnce, ReadOnlyMany], ${extra} nfs: {server: 10.12.5.110, path: /data}}
`;

const pod = `
apiVersion: v1
kind: Pod
metadata: {name: db}
spec:
  containers: [{name: c, image: 'db:1'}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
`;

describe('volumes and claims', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'data' };
  const claimed = () => lab.store.need('persistentvolumeclaims', ref);
  const volumes = () =>
    lab.store.list('persistentvolumes').map(({ metadata, status }) => `${metadata.name} ${status?.phase}`);
  const events = () =>
    lab.store
      .list('events', 'default')
      .filter(({ involvedObject }) => involvedObject.kind === 'PersistentVolumeClaim')
      .map(({ reason }) => reason);

  beforeEach(() => {
    lab = startLab();
  });

  it('[M172] a claim binds the smallest volume that is large enough, of its class and modes', () => {
    lab.create(volume('small', '500Mi'));
    lab.create(volume('large', '10Gi'));
    lab.create(volume('right', '2Gi'));
    lab.create(volume('classed', '1Gi', 'storageClassName: other,'));
    lab.seconds(1);
    expect(volumes()).toEqual(['classed Available', 'large Available', 'right Available', 'small Available']);
    lab.create(claim(''));
    lab.seconds(1);
    expect(claimed().spec.volumeName).toBe('right');
    expect(claimed().status).toMatchObject({
      phase: 'Bound',
      capacity: { storage: '2Gi' },
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
    });
    expect(lab.store.need('persistentvolumes', { name: 'right' }).spec.claimRef).toMatchObject({
      kind: 'PersistentVolumeClaim',
      namespace: 'default',
      name: 'data',
      uid: claimed().metadata.uid,
    });
    lab.store.delete('persistentvolumeclaims', ref);
    lab.seconds(5);
    expect(volumes()).toContain('right Released');
  });

  it('[M172] a claim that names its volume, or selects it by labels, gets that one or nothing', () => {
    lab.create(volume('small', '500Mi'));
    lab.create(volume('a', '1Gi'));
    lab.create(volume('b', '2Gi'));
    lab.create(claim('volumeName: small'));
    lab.seconds(1);
    expect(claimed().status?.phase).toBe('Pending');
    expect(events()).toEqual(['VolumeMismatch']);
    lab.store.delete('persistentvolumeclaims', ref);
    lab.seconds(1);
    lab.create(claim('selector: {matchLabels: {disk: b}}'));
    lab.seconds(1);
    expect(claimed().spec.volumeName).toBe('b');
  });

  it('[M172] a claim of a class gets a volume of its own after seconds, which goes with it', () => {
    lab.create(storageClass(''));
    lab.create(claim('storageClassName: fast'));
    lab.seconds(0.5);
    expect(claimed().status?.phase).toBe('Pending');
    lab.seconds(5);
    const name = `pvc-${claimed().metadata.uid}`;
    expect(claimed()).toMatchObject({ spec: { volumeName: name }, status: { phase: 'Bound' } });
    expect(volumes()).toEqual([`${name} Bound`]);
    expect(events()).toEqual(expect.arrayContaining(['ExternalProvisioning', 'Provisioning', 'ProvisioningSucceeded']));
    lab.store.delete('persistentvolumeclaims', ref);
    lab.seconds(5);
    expect(volumes()).toEqual([]);
  });

  it('[M172] one without a volume or a class says what it waits for', () => {
    lab.create(claim(''));
    lab.seconds(1);
    const [event] = lab.store.list('events', 'default').filter(({ involvedObject }) => involvedObject.name === 'data');
    expect(`${event?.reason}: ${event?.message}`).toBe(
      'FailedBinding: no persistent volumes available for this claim and no storage class is set',
    );
  });

  it('[M172] one that waits for its first consumer is bound when a pod that uses it has a node', () => {
    lab.create(storageClass('volumeBindingMode: WaitForFirstConsumer'));
    lab.create(claim('storageClassName: fast'));
    lab.seconds(5);
    expect(events()).toEqual(['WaitForFirstConsumer']);
    lab.create(pod);
    lab.seconds(40);
    expect(claimed().status?.phase).toBe('Bound');
  });

  it('[M172] a claim that a pod uses, and a volume that is bound, stay Terminating until they are free', () => {
    lab.create(storageClass(''));
    lab.create(claim('storageClassName: fast'));
    lab.seconds(5);
    lab.create(pod);
    lab.seconds(30);
    lab.store.delete('persistentvolumeclaims', ref);
    lab.store.delete('persistentvolumes', { name: claimed().spec.volumeName ?? '' });
    lab.seconds(10);
    expect(claimed().metadata.deletionTimestamp).toBeDefined();
    expect(volumes()).toHaveLength(1);
    lab.store.delete('pods', { namespace: 'default', name: 'db' });
    lab.seconds(60);
    expect(lab.store.get('persistentvolumeclaims', ref)).toBeUndefined();
    expect(volumes()).toEqual([]);
  });
});
