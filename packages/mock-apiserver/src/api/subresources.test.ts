import type { CertificateSigningRequest, Pod } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../testing/lab.ts';
import { apiResourceList } from './discovery.ts';
import { callApi } from './in-process.ts';
import { SERVED } from './resources.ts';

describe('a subresource', () => {
  let lab: Lab;
  beforeEach(() => {
    lab = startLab();
  });

  const patch = (path: string, body: unknown) =>
    callApi(lab.api, { method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
  const pod = '/api/v1/namespaces/default/pods/web';
  const createPod = () =>
    lab.create(`{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [
      {name: main, image: x, resources: {requests: {cpu: 100m}}}]}}`);

  it('[M129] status takes the status and the labels, and nothing of the spec', () => {
    lab.create('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}');
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.9' }] } };
    const body = { metadata: { labels: { a: 'b' } }, spec: { type: 'NodePort' }, status };
    const service = patch('/api/v1/namespaces/default/services/web/status', body);
    expect(service).toMatchObject({ metadata: { labels: { a: 'b' } }, spec: { type: 'ClusterIP' }, status });
  });

  it('[M129] ephemeralcontainers adds containers that debug, and takes none away', () => {
    createPod();
    const debug = { name: 'debug', image: 'busybox', targetContainerName: 'main' };
    const changed = patch(`${pod}/ephemeralcontainers`, { spec: { ephemeralContainers: [debug] } }) as Pod;
    expect(changed.spec.ephemeralContainers).toEqual([
      expect.objectContaining({ ...debug, imagePullPolicy: 'Always', terminationMessagePolicy: 'File' }),
    ]);
    expect(() => patch(`${pod}/ephemeralcontainers`, { spec: { ephemeralContainers: [] } })).toThrow(
      'existing ephemeral containers may not be changed or removed',
    );
    const lost = { name: 'other', image: 'busybox', targetContainerName: 'nobody' };
    expect(() => patch(`${pod}/ephemeralcontainers`, { spec: { ephemeralContainers: [debug, lost] } })).toThrow(
      'spec.ephemeralContainers[1].targetContainerName: Not found: "nobody"',
    );
  });

  it('[M129] resize changes what containers ask for, but not their class of service', () => {
    createPod();
    const resources = (requests: object, limits?: object) => ({
      spec: { containers: [{ name: 'main', image: 'other', resources: { requests, limits } }] },
    });
    const resized = patch(`${pod}/resize`, resources({ cpu: '200m' })) as Pod;
    expect(resized.spec.containers[0]).toMatchObject({ image: 'x', resources: { requests: { cpu: '200m' } } });
    const guaranteed = { cpu: '1', memory: '1Gi' };
    expect(() => patch(`${pod}/resize`, resources(guaranteed, guaranteed))).toThrow('Pod QOS Class may not change');
  });

  it('[M129] approval gives a signing request its condition', () => {
    lab.create(`{apiVersion: certificates.k8s.io/v1, kind: CertificateSigningRequest, metadata: {name: me},
      spec: {request: LS0t, signerName: example.com/s, usages: [client auth]}}`);
    const conditions = [{ type: 'Approved', status: 'True', reason: 'Asked' }];
    const path = '/apis/certificates.k8s.io/v1/certificatesigningrequests/me/approval';
    const request = patch(path, { status: { conditions } }) as CertificateSigningRequest;
    expect(request).toMatchObject({ spec: { username: 'kubernetes-admin' }, status: { conditions } });
  });

  it('[M130] discovery lists the subresources of a kind with what they answer', () => {
    const { resources } = apiResourceList(SERVED, '', 'v1') as {
      resources: { name: string; kind: string; verbs: string[] }[];
    };
    const named = (name: string) => resources.find((resource) => resource.name === name);
    expect(named('pods/eviction')).toMatchObject({
      group: 'policy',
      version: 'v1',
      kind: 'Eviction',
      verbs: ['create'],
    });
    expect(named('serviceaccounts/token')).toMatchObject({ group: 'authentication.k8s.io', kind: 'TokenRequest' });
    expect(named('replicationcontrollers/scale')).toMatchObject({ group: 'autoscaling', version: 'v1', kind: 'Scale' });
    expect(named('namespaces')?.verbs).not.toContain('deletecollection');
    expect(named('componentstatuses')?.verbs).toEqual(['get', 'list']);
  });

  it('[M130] kinds that kubectl before 1.21 asks for in v1beta1 are served so, after v1', () => {
    lab.create(`{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web}, addressType: IPv4,
      endpoints: [{addresses: [10.0.0.1], nodeName: node1, zone: a}]}`);
    const path = '/apis/discovery.k8s.io/v1beta1/namespaces/default/endpointslices/web';
    expect(callApi(lab.api, { method: 'GET', path })).toMatchObject({
      apiVersion: 'discovery.k8s.io/v1beta1',
      endpoints: [{ topology: { 'kubernetes.io/hostname': 'node1', 'topology.kubernetes.io/zone': 'a' } }],
    });
  });
});
