import { notBefore, onTheWay, printed, rolledOut } from '../expect.ts';
import type { Step } from '../scenario.ts';
import { createStep } from '../step.ts';
import { guestbookManifests } from './manifests.ts';
import { isAt } from './shown.ts';

const create = (name: string, title: Step['title'], says: Step['says'], expects: Step['expects']): Step =>
  createStep(guestbookManifests, [`${name}-deployment.yaml`, `${name}-service.yaml`], {
    id: `create-${name}`,
    title,
    says,
    expects,
  });

const MASTER = { CONTAINERS: 'master', IMAGES: 'redis', SELECTOR: 'app=redis,role=master,tier=backend' };
const SLAVE = {
  CONTAINERS: 'slave',
  IMAGES: 'kubeguide/guestbook-redis-slave',
  SELECTOR: 'app=redis,role=slave,tier=backend',
};
const FRONTEND = {
  CONTAINERS: 'php-redis',
  IMAGES: 'kubeguide/guestbook-php-frontend',
  SELECTOR: 'app=guestbook,tier=frontend',
};

/** The guestbook is made application by application; the addresses are the tutorial's where it is made in its order. */
export const creation: readonly Step[] = [
  create(
    'redis-master',
    { en: 'Create redis-master', 'zh-CN': '创建 redis-master' },
    {
      en: 'One Redis master and the service that leads to it: every message of the guestbook is written here.',
      'zh-CN': '一个 Redis 主节点和指向它的服务：留言簿的每条留言都写在这里。',
    },
    [
      rolledOut('redis-master', 1, 40),
      printed('Deployment', 'redis-master', { READY: '1/1', 'UP-TO-DATE': '1', AVAILABLE: '1', ...MASTER }, 40),
      printed(
        'Service',
        'redis-master',
        {
          TYPE: 'ClusterIP',
          'CLUSTER-IP': '10.254.203.144',
          'EXTERNAL-IP': '<none>',
          'PORT(S)': '6379/TCP',
          SELECTOR: MASTER.SELECTOR,
        },
        5,
      ),
      isAt('redis-master', 'node2', '10.255.73.2', 40),
    ],
  ),
  create(
    'redis-slave',
    { en: 'Create redis-slave', 'zh-CN': '创建 redis-slave' },
    {
      en: 'Two Redis slaves copy the master, one on each node, behind one service.',
      'zh-CN': '两个 Redis 从节点复制主节点，每个节点一个，由同一个服务访问。',
    },
    [
      rolledOut('redis-slave', 2, 40),
      printed('Deployment', 'redis-slave', { READY: '2/2', 'UP-TO-DATE': '2', AVAILABLE: '2', ...SLAVE }, 40),
      printed(
        'Service',
        'redis-slave',
        {
          TYPE: 'ClusterIP',
          'CLUSTER-IP': '10.254.0.214',
          'EXTERNAL-IP': '<none>',
          'PORT(S)': '6379/TCP',
          SELECTOR: SLAVE.SELECTOR,
        },
        5,
      ),
      isAt('redis-slave', 'node2', '10.255.73.3', 40),
      isAt('redis-slave', 'node1', '10.255.70.2', 40),
    ],
  ),
  create(
    'frontend',
    { en: 'Create frontend', 'zh-CN': '创建 frontend' },
    {
      en: 'Three web servers behind a service that is open on port 30001 of every node.',
      'zh-CN': '三个 Web 服务器，由一个在每个节点的 30001 端口开放的服务访问。',
    },
    [
      onTheWay(
        notBefore(5, printed('Deployment', 'frontend', { READY: '2/3', 'UP-TO-DATE': '3', AVAILABLE: '2' }, 20)),
      ),
      rolledOut('frontend', 3, 40),
      printed('Deployment', 'frontend', { READY: '3/3', 'UP-TO-DATE': '3', AVAILABLE: '3', ...FRONTEND }, 40),
      printed(
        'Service',
        'frontend',
        {
          TYPE: 'NodePort',
          'CLUSTER-IP': '10.254.18.215',
          'EXTERNAL-IP': '<none>',
          'PORT(S)': '80:30001/TCP',
          SELECTOR: FRONTEND.SELECTOR,
        },
        5,
      ),
      isAt('frontend', 'node2', '10.255.73.4', 40),
      isAt('frontend', 'node1', '10.255.70.3', 40),
      isAt('frontend', 'node1', '10.255.70.4', 40),
    ],
  ),
];
