import { conditionOf, endpoints, happened, lasting, printed, rolledOut, rows, seen, throughout } from '../expect.ts';
import type { Step } from '../scenario.ts';
import { repeatedStep } from '../step.ts';
import { whileThree } from './shown.ts';
import { frontend, hasRevisions, image, isPaused } from './state.ts';

const IMAGE = 'kubeguide/guestbook-php-frontend';
const V2 = `${IMAGE}:v2`;
const V3 = `${IMAGE}:v3`;
const BROKEN = `${IMAGE}:v4-broken`;
const FRONTEND = { kind: 'Deployment', name: 'frontend' } as const;

const show = (revision: string) => printed('Deployment', 'frontend', { IMAGES: revision }, 1);

/** The tutorial's API lets one be missing at a time. */
const twoAnswer = throughout(printed('Deployment', 'frontend', { AVAILABLE: /^[2-9]$/ }, 0));

/** How the frontend is changed: rolled out, held back, broken and taken back. */
export const rollouts: readonly Step[] = [
  repeatedStep({
    id: 'roll-out-v2',
    title: { en: 'Roll out v2', 'zh-CN': '滚动更新到 v2' },
    says: {
      en: 'A new image: pods of the new revision start a few at a time, old ones end as the new become ready.',
      'zh-CN': '新镜像：新版本的 Pod 每次启动几个，旧版本的 Pod 随着新 Pod 就绪而陆续结束。',
    },
    actions: [{ do: 'setImage', ...FRONTEND, container: 'php-redis', image: V2 }],
    enabled: (view) => frontend(view) !== undefined && !isPaused(view) && image(view) !== V2,
    done: (view) => image(view) === V2,
    expects: [show(V2), rolledOut('frontend', 'asWished', 90), twoAnswer],
  }),
  repeatedStep({
    id: 'pause',
    title: { en: 'Pause, and ask for v3', 'zh-CN': '暂停，并请求 v3' },
    says: {
      en: 'The deployment is paused: v3 is wished for, written down, and nothing moves.',
      'zh-CN': '部署已暂停：v3 的请求被记录下来，但什么都没有动。',
    },
    actions: [
      { do: 'pause', ...FRONTEND },
      { do: 'setImage', ...FRONTEND, container: 'php-redis', image: V3 },
    ],
    enabled: (view) => frontend(view) !== undefined && !isPaused(view) && image(view) !== V3,
    done: isPaused,
    expects: [
      show(V3),
      seen({ en: 'The deployment is paused', 'zh-CN': '部署处于暂停状态' }, 1, (view) =>
        isPaused(view) ? undefined : 'it is not',
      ),
      whileThree(
        lasting(8, printed('Deployment', 'frontend', { READY: '3/3', 'UP-TO-DATE': '0', AVAILABLE: '3' }, 10)),
      ),
    ],
  }),
  repeatedStep({
    id: 'resume',
    title: { en: 'Resume', 'zh-CN': '恢复' },
    says: {
      en: 'It goes on: what was wished for while it stood still is rolled out.',
      'zh-CN': '继续：暂停期间请求的内容开始滚动更新。',
    },
    actions: [{ do: 'resume', ...FRONTEND }],
    enabled: isPaused,
    expects: [rolledOut('frontend', 'asWished', 90), twoAnswer],
  }),
  repeatedStep({
    id: 'roll-out-broken',
    title: { en: 'Roll out an image that does not exist', 'zh-CN': '滚动更新到不存在的镜像' },
    says: {
      en: 'A typing mistake: the new pods cannot pull their image. The rollout stalls, the old pods go on answering.',
      'zh-CN': '一处笔误：新的 Pod 拉不到镜像。更新停滞，旧的 Pod 继续应答。',
    },
    actions: [{ do: 'setImage', ...FRONTEND, container: 'php-redis', image: BROKEN }],
    enabled: (view) => frontend(view) !== undefined && !isPaused(view) && image(view) !== BROKEN,
    done: (view) => image(view) === BROKEN,
    expects: [
      show(BROKEN),
      whileThree(
        lasting(10, printed('Deployment', 'frontend', { READY: '2/3', 'UP-TO-DATE': '2', AVAILABLE: '2' }, 30)),
      ),
      rows(
        { en: 'Two pods wait for an image', 'zh-CN': '两个 Pod 在等待镜像' },
        'Pod',
        2,
        { NAME: /^frontend-/, READY: '0/1', STATUS: /^(ImagePullBackOff|ErrImagePull)$/ },
        40,
        'default',
      ),
      happened('Failed', { kind: 'Pod', name: /^frontend-/, message: /v4-broken.*not found/ }, 40),
      happened('BackOff', { kind: 'Pod', name: /^frontend-/, message: `Back-off pulling image "${BROKEN}"` }, 60),
      conditionOf(
        'Deployment',
        'frontend',
        'Available',
        { status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' },
        10,
      ),
      whileThree(endpoints('frontend', 2, 2, 60)),
      twoAnswer,
    ],
  }),
  repeatedStep({
    id: 'undo',
    title: { en: 'Undo the rollout', 'zh-CN': '回滚' },
    says: {
      en: 'Back to the revision before: its ReplicaSet is still there and grows again.',
      'zh-CN': '回到上一个版本：它的 ReplicaSet 仍在，会重新扩大。',
    },
    actions: [{ do: 'undo', ...FRONTEND }],
    enabled: (view) => hasRevisions(view) && !isPaused(view),
    done: (view) => hasRevisions(view) && image(view) !== BROKEN && image(view) !== V2,
    expects: [
      rolledOut('frontend', 'asWished', 90),
      whileThree(endpoints('frontend', 3, 0, 90)),
      rows(
        { en: 'No pod waits for an image any more', 'zh-CN': '不再有 Pod 等待镜像' },
        'Pod',
        0,
        { STATUS: /Image/ },
        40,
        'default',
      ),
      twoAnswer,
    ],
  }),
];
