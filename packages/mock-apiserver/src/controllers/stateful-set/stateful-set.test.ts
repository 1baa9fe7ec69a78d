import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';

const manifest = (spec: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  replicas: 3
  serviceName: web
  ${spec}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: 'nginx:1'}]}
`;

const CLAIMS = `volumeClaimTemplates:
  - metadata: {name: www}
    spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 1Gi}}}`;

const storageClass =
  '{apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: fast}, provisioner: csi.example.com}';

describe('a StatefulSet', () => {
  let lab: Lab;
  const ref = { namespace: 'default', name: 'web' };
  const pods = () => lab.store.list('pods', 'default').filter(({ metadata }) => metadata.labels?.app === 'web');
  const images = () => pods().map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0]?.image}`);
  const claims = () => lab.store.list('persistentvolumeclaims', 'default').map(({ metadata }) => metadata.name);
  const setImage = (image: string) =>
    lab.store.update('statefulsets.apps', ref, (draft) => {
      for (const container of draft.spec.template.spec.containers) container.image = image;
      return draft;
    });
  const scale = (replicas: number) =>
    lab.store.update('statefulsets.apps', ref, (draft) => Object.assign(draft, { spec: { ...draft.spec, replicas } }));
  const messages = (reason: string) =>
    lab.store
      .list('events', 'default')
      .filter((event) => event.reason === reason && event.involvedObject.kind === 'StatefulSet')
      .map(({ message }) => message);

  beforeEach(() => {
    lab = startLab();
    lab.create(storageClass);
  });

  it('[M163] makes the claims of each pod, mounts them, and keeps them when the pod goes', () => {
    lab.create(manifest(CLAIMS));
    lab.seconds(120);
    expect(claims()).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
    expect(messages('SuccessfulCreate')).toContain('create Claim www-web-0 Pod web-0 in StatefulSet web success');
    expect(pods()[0]?.spec).toMatchObject({
      hostname: 'web-0',
      subdomain: 'web',
      volumes: expect.arrayContaining([{ name: 'www', persistentVolumeClaim: { claimName: 'www-web-0' } }]),
    });
    scale(1);
    lab.seconds(60);
    expect(pods().map(({ metadata }) => metadata.name)).toEqual(['web-0']);
    expect(claims()).toEqual(['www-web-0', 'www-web-1', 'www-web-2']);
  });

  it('[M163] lets the claims go with their pods where its retention policy says so', () => {
    lab.create(
      manifest(`persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Delete}\n  ${CLAIMS}`),
    );
    lab.seconds(120);
    scale(1);
    lab.seconds(60);
    expect(claims()).toEqual(['www-web-0']);
    lab.store.delete('statefulsets.apps', ref);
    lab.seconds(60);
    expect(claims()).toEqual([]);
  });

  it('[M164] rolls from the top down to its partition, each ready before the next', () => {
    lab.create(manifest('updateStrategy: {rollingUpdate: {partition: 2}}'));
    lab.seconds(90);
    setImage('nginx:2');
    lab.seconds(60);
    expect(images()).toEqual(['web-0 nginx:1', 'web-1 nginx:1', 'web-2 nginx:2']);
    const { status } = lab.store.need('statefulsets.apps', ref);
    expect(status).toMatchObject({ currentReplicas: 2, updatedReplicas: 1 });
    expect(status?.currentRevision).not.toBe(status?.updateRevision);
    lab.store.delete('pods', { namespace: 'default', name: 'web-0' });
    lab.seconds(40);
    expect(images()[0]).toBe('web-0 nginx:1');
    const events = lab.record('pods');
    lab.store.update('statefulsets.apps', ref, (draft) => {
      draft.spec.updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 0 } };
      return draft;
    });
    lab.seconds(90);
    expect(events.filter(({ type }) => type === 'DELETED').map(({ object }) => object.metadata.name)).toEqual([
      'web-1',
      'web-0',
    ]);
    const after = lab.store.need('statefulsets.apps', ref).status;
    expect(after?.currentRevision).toBe(after?.updateRevision);
  });

  it('[M164] with OnDelete waits for somebody to delete its pods', () => {
    lab.create(manifest('updateStrategy: {type: OnDelete}'));
    lab.seconds(90);
    setImage('nginx:2');
    lab.seconds(60);
    expect(images()).toEqual(['web-0 nginx:1', 'web-1 nginx:1', 'web-2 nginx:1']);
    lab.store.delete('pods', { namespace: 'default', name: 'web-1' });
    lab.seconds(40);
    expect(images()).toEqual(['web-0 nginx:1', 'web-1 nginx:2', 'web-2 nginx:1']);
  });

  it('[M164] with Parallel starts all its pods at once', () => {
    lab.create(manifest('podManagementPolicy: Parallel'));
    lab.seconds(0.1);
    expect(pods()).toHaveLength(3);
  });

  it('[M165] keeps its templates as ControllerRevisions, and going back makes an old one the newest', () => {
    lab.create(manifest(''));
    lab.seconds(90);
    setImage('nginx:2');
    lab.seconds(90);
    setImage('nginx:1');
    lab.seconds(90);
    const revisions = lab.store.list('controllerrevisions.apps', 'default');
    expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3]);
    const newest = revisions.find(({ revision }) => revision === 3);
    expect(newest?.data).toMatchObject({
      spec: { template: { $patch: 'replace', spec: { containers: [{ image: 'nginx:1' }] } } },
    });
    expect(lab.store.need('statefulsets.apps', ref).status?.updateRevision).toBe(newest?.metadata.name);
  });
});
