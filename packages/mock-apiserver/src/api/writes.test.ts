import type { DaemonSet, Deployment, KubeObject } from '@portolan/shared';
import { describe, expect, it } from 'vitest';
import { startLab } from '../testing/lab.ts';
import { callApi } from './in-process.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const MERGE = 'application/merge-patch+json';
const TEMPLATE = `template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: x}]}}`;
const SPEC = `{selector: {matchLabels: {app: web}}, ${TEMPLATE}}`;
const WEB = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: ${SPEC}}`;

describe('writes', () => {
  it("[M4] a user's annotations raise the generation of a Deployment, a controller's do not", () => {
    const lab = startLab();
    lab.create(WEB);
    lab.seconds(60);
    const path = `${DEPLOYMENTS}/web`;
    const rolledOut = callApi(lab.api, { method: 'GET', path }) as Deployment;
    expect(rolledOut.metadata.annotations).toHaveProperty(['deployment.kubernetes.io/revision'], '1');
    expect(rolledOut.metadata.generation).toBe(1);
    const body = { metadata: { annotations: { note: 'a' }, labels: { b: 'c' }, generation: 70 } };
    const annotated = callApi(lab.api, { method: 'PATCH', path, contentType: MERGE, body }) as Deployment;
    expect(annotated.metadata.generation).toBe(2);
  });

  it('[M65] a dry run of a creation is refused where the creation would be', () => {
    const { api } = startLab();
    const body = { metadata: { name: 'a' } };
    callApi(api, { method: 'POST', path: CONFIG_MAPS, body });
    const again = () => callApi(api, { method: 'POST', path: `${CONFIG_MAPS}?dryRun=All`, body });
    expect(again).toThrow('configmaps "a" already exists');
  });

  it('[M65] a dry run shows the generation that there would be, and scales nothing', () => {
    const { api, create, store } = startLab();
    create(WEB);
    const body = { spec: { replicas: 5 } };
    const dry = (path: string) =>
      callApi(api, { method: 'PATCH', path: `${path}?dryRun=All`, contentType: MERGE, body }) as Deployment;
    expect(dry(`${DEPLOYMENTS}/web`)).toMatchObject({ metadata: { generation: 2 }, spec: { replicas: 5 } });
    expect(dry(`${DEPLOYMENTS}/web/scale`).spec.replicas).toBe(5);
    const { metadata, spec } = store.need('deployments.apps', { namespace: 'default', name: 'web' });
    expect([metadata.generation, spec.replicas]).toEqual([1, 1]);
  });

  it('[M233] what is being deleted takes no more finalizers', () => {
    const { api, create } = startLab();
    create('{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/hold]}}');
    const path = `${CONFIG_MAPS}/held`;
    callApi(api, { method: 'DELETE', path });
    const finalizers = (list: string[]) => () =>
      callApi(api, { method: 'PATCH', path, contentType: MERGE, body: { metadata: { finalizers: list } } });
    expect(finalizers(['example.com/hold', 'example.com/late'])).toThrow(
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/late"}',
    );
    expect((finalizers([])() as KubeObject).metadata.name).toBe('held');
  });

  it('[M233] a replacement says which object it is', () => {
    const { api } = startLab();
    const replace = () => callApi(api, { method: 'PUT', path: `${CONFIG_MAPS}/a`, body: {} });
    expect(replace).toThrow('the name of the object (a based on URL) was undeterminable: name must be provided');
  });

  it('[M234] a DaemonSet counts the changes of its template', () => {
    const { api, create } = startLab();
    create(WEB.replace('Deployment', 'DaemonSet'));
    const path = '/apis/apps/v1/namespaces/default/daemonsets/web';
    const count = (body: object) => {
      const set = callApi(api, { method: 'PATCH', path, contentType: MERGE, body }) as DaemonSet;
      return set.metadata.annotations?.['deprecated.daemonset.template.generation'];
    };
    expect(count({ metadata: { labels: { a: 'b' } } })).toBe('1');
    expect(count({ spec: { template: { metadata: { labels: { c: 'd' } } } } })).toBe('2');
  });
});
