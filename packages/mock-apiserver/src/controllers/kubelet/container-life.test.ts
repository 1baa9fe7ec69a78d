import type { ContainerState } from '@portolan/shared';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Lab, startLab } from '../../testing/lab.ts';

const ref = (name: string) => ({ namespace: 'default', name });

/** A pod of one container unless `spec` says more. */
const pod = (name: string, container: string, spec = '', annotations = '') => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, annotations: {${annotations}}}
spec:
  ${spec}
  containers:
  - {name: c, image: 'busybox:1.36', ${container}}
`;

/** A state in a word. */
const word = ({ waiting, running, terminated }: ContainerState = {}): string =>
  waiting?.reason ?? terminated?.reason ?? (running ? 'Running' : 'none');

describe('the life of containers', () => {
  let lab: Lab;
  const get = (name = 'a') => lab.store.need('pods', ref(name));
  const events = (name = 'a') =>
    lab.store
      .by('events', 'involved', get(name).metadata.uid)
      .map(({ reason, message, count = 1 }) => `${reason} ${count} ${message}`);
  /** What a pod's containers were in, one after the other, as far as they were written. */
  const states = (name = 'a', kind: 'containerStatuses' | 'initContainerStatuses' = 'containerStatuses') => {
    const seen: string[] = [];
    lab.store.watch('pods', lab.store.version, ({ object }) => {
      if (object.metadata.name !== name) return;
      const now = (object.status?.[kind] ?? []).map(({ state }) => word(state)).join(' ');
      if (now !== seen.at(-1)) seen.push(now);
    });
    return seen;
  };

  beforeEach(() => {
    lab = startLab();
  });

  it('[M140] a container that ends is started again at once, then after 10, 20, 40, 80, 160 and 300 s', () => {
    const starts: number[] = [];
    lab.store.watch('pods', lab.store.version, ({ object, previous }) => {
      const [now, before] = [object, previous].map((of) => of?.status?.containerStatuses?.[0]?.state?.running);
      if (now && !before) starts.push(lab.clock.elapsed() / 1000);
    });
    lab.create(pod('a', 'command: [sh, -c, "sleep 2; exit 3"]'));
    lab.seconds(1300);
    const pauses = starts.slice(1).map((at, index) => Math.floor((at - (starts[index] ?? 0) - 2) / 10) * 10);
    expect(pauses.slice(0, 8)).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
    expect(get().status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 9,
      ready: false,
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
  });

  it('[M140] its back-off is told in the words of kubectl, and counted', () => {
    const seen = states();
    lab.create(pod('a', 'command: ["false"]'));
    lab.seconds(60);
    expect(seen.slice(0, 6)).toEqual(['', 'ContainerCreating', 'Running', 'Error', 'Running', 'Error']);
    expect(seen).toContain('CrashLoopBackOff');
    expect(get().status?.containerStatuses?.[0]?.state?.waiting?.message).toBe(
      `back-off 40s restarting failed container=c pod=a_default(${get().metadata.uid})`,
    );
    expect(get().status?.phase).toBe('Running');
    const told = events().find((text) => text.startsWith('BackOff'));
    expect(told).toMatch(/^BackOff [3-9] Back-off restarting failed container c in pod a_default\(/);
  });

  it('[M140] a container that ran for ten minutes begins its back-off anew', () => {
    lab.create(pod('a', 'command: [sh, -c, "sleep 700; exit 1"]'));
    lab.seconds(3000);
    const seen = states();
    lab.seconds(1500);
    expect(get().status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(4);
    expect(seen).not.toContain('CrashLoopBackOff');
  });

  it.each([
    ['OnFailure', 'exit 0', 'Succeeded', 0],
    ['Never', 'exit 0', 'Succeeded', 0],
    ['Never', 'exit 2', 'Failed', 2],
  ])('[M141] with restartPolicy %s, "%s" leaves the pod %s', (policy, script, phase, exitCode) => {
    lab.create(pod('a', `command: [sh, -c, "${script}"]`, `restartPolicy: ${policy}`));
    lab.seconds(30);
    const { status } = get();
    expect(status?.phase).toBe(phase);
    expect(status?.containerStatuses?.[0]).toMatchObject({ restartCount: 0, state: { terminated: { exitCode } } });
    expect(status?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      reason: phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed',
    });
  });

  it('[M141] with restartPolicy OnFailure a container that fails is started until it does not', () => {
    lab.create(pod('a', 'command: [sh, -c, "exit 1"]', 'restartPolicy: OnFailure'));
    lab.seconds(30);
    expect(get().status?.phase).toBe('Running');
    expect(get().status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(1);
  });

  it('[M142] init containers run one after the other, and what waits for them says so', () => {
    const inits = states('a', 'initContainerStatuses');
    const mains = states();
    const init = (name: string) => `{name: ${name}, image: 'busybox:1.36', command: [sh, -c, sleep 3]}`;
    lab.create(pod('a', 'command: [sleep, "3600"]', `initContainers: [${init('one')}, ${init('two')}]`));
    lab.seconds(9.5);
    expect(get().status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Initialized',
        status: 'False',
        reason: 'ContainersNotInitialized',
        message: 'containers with incomplete status: [two]',
      }),
    );
    lab.seconds(30);
    expect(inits).toEqual([
      '',
      'PodInitializing PodInitializing',
      'Running PodInitializing',
      'Completed PodInitializing',
      'Completed Running',
      'Completed Completed',
    ]);
    expect(mains).toEqual(['', 'PodInitializing', 'Running']);
  });

  it('[M142] an init container that fails crash loops, or fails the pod that is never restarted', () => {
    const init = "initContainers: [{name: i, image: 'busybox:1.36', command: [sh, -c, exit 1]}]";
    lab.create(pod('a', 'command: [sleep, "3600"]', init));
    lab.create(pod('b', 'command: [sleep, "3600"]', `restartPolicy: Never\n  ${init}`));
    lab.seconds(30);
    expect(word(get('a').status?.initContainerStatuses?.[0]?.state)).toBe('CrashLoopBackOff');
    expect(get('a').status?.phase).toBe('Pending');
    expect(get('b').status?.phase).toBe('Failed');
  });

  it('[M142] a sidecar starts before the containers, stays beside them, and ends after them', () => {
    const sidecar = "initContainers: [{name: s, image: 'nginx:1', restartPolicy: Always}]";
    lab.create(pod('a', 'command: [sh, -c, sleep 10]', `restartPolicy: Never\n  ${sidecar}`));
    lab.seconds(15);
    expect(get().status?.initContainerStatuses?.[0]).toMatchObject({ started: true, state: { running: {} } });
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('Running');
    lab.seconds(30);
    expect(word(get().status?.initContainerStatuses?.[0]?.state)).toBe('Completed');
    expect(get().status?.phase).toBe('Succeeded');
  });

  it('[M143] what takes more memory than its limit is killed with 137, OOMKilled', () => {
    const stress = `image: polinux/stress, command: [stress], args: [--vm-bytes, 250M], resources: {limits: {memory: 100Mi}}`;
    lab.create(pod('a', stress).replace("image: 'busybox:1.36', ", ''));
    lab.create(pod('b', 'command: [sleep, "3600"]', '', 'portolan.dev/behaviour: oom=5s'));
    lab.seconds(20);
    for (const name of ['a', 'b']) {
      expect(get(name).status?.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
        exitCode: 137,
        reason: 'OOMKilled',
      });
    }
  });

  it('[M144] a missing ConfigMap or key is a CreateContainerConfigError until it is there', () => {
    const env = 'command: [sleep, "3600"], env: [{name: A, valueFrom: {configMapKeyRef: {name: x, key: k}}}]';
    lab.create(pod('a', env));
    lab.seconds(10);
    const waiting = () => get().status?.containerStatuses?.[0]?.state?.waiting;
    expect(waiting()).toEqual({ reason: 'CreateContainerConfigError', message: 'configmap "x" not found' });
    expect(events()).toContain('Failed 1 Error: configmap "x" not found');
    lab.create('{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {other: v}}');
    lab.seconds(20);
    expect(waiting()?.message).toBe("couldn't find key k in ConfigMap default/x");
    lab.store.update('configmaps', ref('x'), (map) => Object.assign(map, { data: { k: 'v' } }));
    lab.seconds(20);
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('Running');
  });

  it('[M144] a volume that cannot be mounted holds the pod in ContainerCreating, and is told with FailedMount', () => {
    lab.create(pod('a', 'command: [sleep, "3600"]', 'volumes: [{name: v, secret: {secretName: s}}]'));
    lab.seconds(60);
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('ContainerCreating');
    expect(
      events().some((text) =>
        /^FailedMount \d MountVolume.SetUp failed for volume "v" : secret "s" not found$/.test(text),
      ),
    ).toBe(true);
    lab.create('{apiVersion: v1, kind: Secret, metadata: {name: s}}');
    lab.seconds(70);
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('Running');
  });

  it.each([
    ['Bad Name!', 'IfNotPresent', 'InvalidImageName'],
    ['redis:7', 'Never', 'ErrImageNeverPull'],
  ])('[M145] the image "%s" with the policy %s is %s', (image, policy, reason) => {
    lab.create(pod('a', `imagePullPolicy: ${policy}`).replace('busybox:1.36', image));
    lab.seconds(10);
    expect(get().status?.containerStatuses?.[0]?.state?.waiting?.reason).toBe(reason);
    expect(events().some((text) => text.startsWith('Failed 1 Error: '))).toBe(true);
  });

  it('[M145] an image that nobody has is asked for again after ever longer pauses', () => {
    const seen = states();
    lab.create(pod('a', '').replace('busybox:1.36', 'no-such-image'));
    lab.seconds(600);
    // 10 + 20 + 40 + 80 + 160 s, and what lies between: the sixth pull has failed, the seventh has not begun.
    expect(seen.filter((state) => state === 'ErrImagePull')).toHaveLength(6);
  });

  it('[M146] probes are asked in their own time, and readiness comes and goes with them', () => {
    const probe = 'readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 5, periodSeconds: 10}';
    lab.create(pod('a', probe, '', 'portolan.dev/behaviour: ready-after=12s').replace('busybox:1.36', 'nginx:1'));
    const changes: { ready: boolean; at: number }[] = [];
    let started = 0;
    lab.store.watch('pods', lab.store.version, ({ object }) => {
      const status = object.status?.containerStatuses?.[0];
      if (status?.state?.running && started === 0) started = lab.clock.elapsed();
      if (status && status.ready !== (changes.at(-1)?.ready ?? false)) {
        changes.push({ ready: status.ready, at: (lab.clock.elapsed() - started) / 1000 });
      }
    });
    lab.seconds(40);
    // The turns are at 10 s, when it is not there yet, and at 20 s.
    expect(changes).toEqual([{ ready: true, at: 20 }]);
    const ip = get().status?.podIP;
    expect(events()).toContain(
      `Unhealthy 1 Readiness probe failed: Get "http://${ip}:80/": dial tcp ${ip}:80: connect: connection refused`,
    );
    lab.pods.failProbe(ref('a'), 'readiness', true);
    expect(lab.pods.isFailing(ref('a'), 'readiness')).toBe(true);
    lab.seconds(30);
    expect(changes.map(({ ready }) => ready)).toEqual([true, false]);
    expect(events()).toContain('Unhealthy 3 Readiness probe failed: HTTP probe failed with statuscode: 503');
    lab.pods.failProbe(ref('a'), 'readiness', false);
    lab.seconds(11);
    expect(changes.map(({ ready }) => ready)).toEqual([true, false, true]);
  });

  it('[M146] a container that fails its liveness probe is ended and started again', () => {
    const probe = 'livenessProbe: {httpGet: {port: 80}, periodSeconds: 5}';
    lab.create(pod('a', probe).replace('busybox:1.36', 'nginx:1'));
    lab.seconds(30);
    lab.pods.failProbe(ref('a'), 'liveness', true);
    lab.seconds(20);
    expect(events()).toContain('Killing 1 Container c failed liveness probe, will be restarted');
    expect(events()).toContain('Unhealthy 3 Liveness probe failed: HTTP probe failed with statuscode: 503');
    expect(get().status?.containerStatuses?.[0]?.restartCount).toBe(1);
    lab.pods.failProbe(ref('a'), 'liveness', false);
    lab.seconds(60);
    expect(get().status?.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 1 });
  });

  it('[M146] until its startup probe has passed a container is asked nothing else', () => {
    const probes =
      'startupProbe: {exec: {command: [cat, /up]}, periodSeconds: 5, failureThreshold: 10}, livenessProbe: {exec: {command: ["true"]}}';
    lab.create(pod('a', probes, '', 'portolan.dev/behaviour: ready-after=22s').replace('busybox:1.36', 'nginx:1'));
    lab.seconds(20);
    expect(get().status?.containerStatuses?.[0]).toMatchObject({ started: false, ready: false });
    lab.seconds(20);
    expect(get().status?.containerStatuses?.[0]).toMatchObject({ started: true, ready: true, restartCount: 0 });
    expect(events().some((text) => text.startsWith("Unhealthy 5 Startup probe failed: cat: can't open '/up'"))).toBe(
      true,
    );
  });

  it('[M146] a pod without a probe has one while a fault wants it to fail', () => {
    lab.create(pod('a', '').replace('busybox:1.36', 'nginx:1'));
    lab.seconds(30);
    lab.pods.failProbe(ref('a'), 'readiness', true);
    lab.seconds(31);
    expect(get().status?.containerStatuses?.[0]?.ready).toBe(false);
    lab.pods.failProbe(ref('a'), 'readiness', false);
    lab.seconds(11);
    expect(get().status?.containerStatuses?.[0]?.ready).toBe(true);
  });

  it('[M147] a container that does not listen runs until the end of its grace, and is killed', () => {
    lab.create(pod('a', 'command: [sleep, "3600"]', 'terminationGracePeriodSeconds: 20'));
    lab.seconds(15);
    const last: unknown[] = [];
    lab.store.watch('pods', lab.store.version, ({ object }) => {
      const { terminated } = object.status?.containerStatuses?.[0]?.state ?? {};
      if (terminated) last.push(terminated.exitCode);
    });
    lab.store.delete('pods', ref('a'));
    lab.seconds(19);
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('Running');
    lab.seconds(3);
    expect(lab.store.get('pods', ref('a'))).toBeUndefined();
    expect(last[0]).toBe(137);
  });

  it('[M147] a preStop hook comes first, and a shorter grace cuts it short', () => {
    const hook = 'lifecycle: {preStop: {exec: {command: [sleep, "15"]}}}';
    lab.create(pod('a', hook).replace('busybox:1.36', 'nginx:1'));
    lab.seconds(15);
    lab.store.delete('pods', ref('a'));
    lab.seconds(10);
    expect(word(get().status?.containerStatuses?.[0]?.state)).toBe('Running');
    lab.store.delete('pods', ref('a'), { graceSeconds: 1 });
    lab.seconds(3);
    expect(lab.store.get('pods', ref('a'))).toBeUndefined();
  });

  it('[M148] a pod past its deadline fails, and its containers are ended', () => {
    lab.create(pod('a', '', 'activeDeadlineSeconds: 20').replace('busybox:1.36', 'nginx:1'));
    lab.seconds(30);
    expect(get().status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
    expect(get().status?.containerStatuses?.[0]?.state?.running).toBeUndefined();
  });

  it('[M148] a kubelet fails what was put on its node by hand and does not fit there', () => {
    lab.create(pod('a', 'resources: {requests: {cpu: 2}}', 'nodeName: node1'));
    lab.create(pod('b', '', 'nodeName: node1\n  nodeSelector: {disk: ssd}'));
    lab.seconds(1);
    expect(get('a').status).toMatchObject({
      phase: 'Failed',
      reason: 'OutOfcpu',
      message: "Pod was rejected: Node didn't have enough resource: cpu, requested: 2000, used: 0, capacity: 1000",
    });
    expect(get('b').status).toMatchObject({ phase: 'Failed', reason: 'NodeAffinity' });
  });

  it('[M148] a readiness gate holds readiness back until its condition is true', () => {
    lab.create(pod('a', '', 'readinessGates: [{conditionType: example.com/gate}]').replace('busybox:1.36', 'nginx:1'));
    lab.seconds(30);
    const ready = () => get().status?.conditions?.find(({ type }) => type === 'Ready');
    expect(ready()).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
      message: 'corresponding condition of pod readiness gate "example.com/gate" does not exist.',
    });
    lab.store.update('pods', ref('a'), (draft) => {
      draft.status?.conditions?.push({ type: 'example.com/gate', status: 'True' });
      return draft;
    });
    lab.seconds(1);
    expect(ready()?.status).toBe('True');
  });

  it('[M149] a container can be ended from outside, with any exit code', () => {
    lab.create(pod('a', '').replace('busybox:1.36', 'nginx:1'));
    lab.seconds(20);
    lab.pods.exit(ref('a'), 'c', 7);
    expect(get().status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 7, reason: 'Error' });
    lab.seconds(20);
    expect(get().status?.containerStatuses?.[0]).toMatchObject({ ready: true, restartCount: 1 });
    expect(() => lab.pods.exit(ref('a'), 'other', 1)).toThrow('container "other" in pod "a" does not run');
    expect(() => lab.pods.exit(ref('zz'), undefined, 1)).toThrow('pods "zz" not found');
  });
});
