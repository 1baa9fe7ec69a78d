import type { Deployment } from '@portolan/shared';
import { endpoints, printed, rolledOut, rows, seen } from '../expect.ts';
import { manifestsBeside } from '../manifests.ts';
import type { ScenarioScript, Step } from '../scenario.ts';
import { createStep, deleteStep, repeatedStep } from '../step.ts';
import type { View } from '../view.ts';
import { springbootMysqlCluster } from './cluster.ts';

const manifests = manifestsBeside(import.meta.url);

const NODE = '10.12.5.115';
const REPOSITORY = 'registry.example.com/springcloudtest';
const FIRST = `${REPOSITORY}:201805272108`;
const OTHER = `${REPOSITORY}:201805052039`;
const APP = { kind: 'Deployment', name: 'springcloudtest' } as const;

const app = ({ store }: View): Deployment | undefined =>
  store.get('deployments.apps', { namespace: 'default', name: APP.name });
const image = (view: View) => app(view)?.spec.template.spec.containers[0]?.image;

const volume = (status: string, within: number) =>
  printed(
    'PersistentVolume',
    'mysql-pv',
    { CAPACITY: '1Gi', 'ACCESS MODES': 'RWO', 'RECLAIM POLICY': 'Retain', STATUS: status, CLAIM: 'default/mysql-pvc' },
    within,
  );

const revision = (wanted: string, within: number) =>
  seen({ en: `The deployment is at revision ${wanted}`, 'zh-CN': `部署处于版本 ${wanted}` }, within, (view) => {
    const found = app(view)?.metadata.annotations?.['deployment.kubernetes.io/revision'];
    return found === wanted ? undefined : `it is at ${found}`;
  });

const steps: readonly Step[] = [
  createStep(manifests, ['mysql-pv.yaml'], {
    id: 'volume',
    title: { en: 'Create the volume and its claim', 'zh-CN': '创建卷和申领' },
    says: {
      en: 'A directory on another machine, 1 GiB: the claim asks for as much and is bound to it.',
      'zh-CN': '另一台机器上的一个目录，1 GiB：申领要求同样大小，于是与它绑定。',
    },
    expects: [
      volume('Bound', 20),
      printed('PersistentVolumeClaim', 'mysql-pvc', { STATUS: 'Bound', VOLUME: 'mysql-pv', CAPACITY: '1Gi' }, 20),
    ],
  }),
  createStep(manifests, ['mysql.yaml'], {
    id: 'mysql',
    title: { en: 'Run MySQL', 'zh-CN': '运行 MySQL' },
    says: {
      en: 'It runs, but look at its restarts: 80. Something ends it again and again; the data survives on the volume.',
      'zh-CN': '它在运行，但看看重启次数：80。它一再被结束，数据却留在卷上。',
    },
    expects: [
      rolledOut('mysql', 1, 60),
      rows(
        { en: 'mysql runs, with 80 restarts', 'zh-CN': 'mysql 运行中，重启 80 次' },
        'Pod',
        1,
        { NAME: /^mysql-/, READY: '1/1', STATUS: 'Running', RESTARTS: /^80( \(.* ago\))?$/, NODE },
        60,
        'default',
      ),
      endpoints('mysql', 1, 0, 60),
      printed('Service', 'mysql', { TYPE: 'ClusterIP', 'PORT(S)': '3306/TCP' }, 5),
    ],
  }),
  createStep(manifests, ['springcloudtest.yaml'], {
    id: 'app',
    title: { en: 'Run the application', 'zh-CN': '运行应用' },
    says: {
      en: 'A Spring Boot application that keeps its data in mysql:3306, open on port 30000 of the node.',
      'zh-CN': '一个 Spring Boot 应用，数据存放在 mysql:3306，在节点的 30000 端口开放。',
    },
    expects: [
      rolledOut(APP.name, 1, 60),
      printed('Deployment', APP.name, { CONTAINERS: 'springclouttest', IMAGES: FIRST }, 5),
      printed('Service', APP.name, { TYPE: 'NodePort', 'PORT(S)': '9091:30000/TCP' }, 5),
      endpoints(APP.name, 1, 0, 60),
      revision('1', 10),
    ],
  }),
  repeatedStep({
    id: 'patch-image',
    title: { en: 'Patch the image', 'zh-CN': '修改镜像' },
    says: {
      en: 'The image of 5 May is asked for instead: a new revision, whose pod takes over once it is ready.',
      'zh-CN': '改用 5 月 5 日的镜像：产生新版本，它的 Pod 就绪后接手。',
    },
    actions: [{ do: 'setImage', ...APP, container: 'springclouttest', image: OTHER }],
    enabled: (view) => app(view) !== undefined && image(view) !== OTHER,
    done: (view) => image(view) === OTHER,
    expects: [
      printed('Deployment', APP.name, { IMAGES: OTHER }, 1),
      rolledOut(APP.name, 1, 60),
      revision('2', 10),
      rows(
        { en: 'There are two revisions', 'zh-CN': '共有两个版本' },
        'ReplicaSet',
        2,
        { NAME: /^springcloudtest-/ },
        10,
        'default',
      ),
    ],
  }),
  deleteStep(manifests, ['mysql.yaml', 'springcloudtest.yaml'], {
    id: 'delete',
    title: { en: 'Delete both applications', 'zh-CN': '删除两个应用' },
    says: {
      en: 'The workloads go; the claim and its volume keep the data.',
      'zh-CN': '工作负载被删除；申领和卷保留数据。',
    },
    expects: [
      rows({ en: 'No pods are left', 'zh-CN': '没有留下任何 Pod' }, 'Pod', 0, {}, 60, 'default'),
      volume('Bound', 1),
    ],
  }),
  repeatedStep({
    id: 'release',
    title: { en: 'Delete the claim', 'zh-CN': '删除申领' },
    says: {
      en: 'The volume is released, not deleted: its policy is Retain, and nobody else gets it.',
      'zh-CN': '卷被释放而不是删除：它的策略是 Retain，别人也得不到它。',
    },
    actions: [{ do: 'deleteObject', kind: 'PersistentVolumeClaim', name: 'mysql-pvc' }],
    enabled: (view) =>
      view.row('PersistentVolumeClaim', 'mysql-pvc') !== undefined && view.table('Pod', 'default').length === 0,
    expects: [volume('Released', 20)],
  }),
  repeatedStep({
    id: 'delete-volume',
    title: { en: 'Delete the volume', 'zh-CN': '删除卷' },
    says: {
      en: 'The object goes; the directory on the other machine stays as it is.',
      'zh-CN': '对象被删除；另一台机器上的目录保持原样。',
    },
    actions: [{ do: 'deleteObject', kind: 'PersistentVolume', name: 'mysql-pv' }],
    enabled: (view) => view.row('PersistentVolume', 'mysql-pv')?.STATUS === 'Released',
    expects: [rows({ en: 'No volumes are left', 'zh-CN': '没有留下任何卷' }, 'PersistentVolume', 0, {}, 20)],
  }),
];

/** An application and its database on one node. */
export const springbootMysql: ScenarioScript = {
  name: 'springboot-mysql',
  title: { en: 'Spring Boot and MySQL', 'zh-CN': 'Spring Boot 与 MySQL' },
  about: {
    en: 'An application and its database on one node, the data on another machine: volumes, claims, and a new revision.',
    'zh-CN': '一个节点上的应用和数据库，数据在另一台机器上：卷、申领，以及一个新版本。',
  },
  cluster: springbootMysqlCluster,
  manifests,
  expects: [printed('Node', NODE, { STATUS: 'Ready', 'INTERNAL-IP': NODE }, 5)],
  steps,
};
