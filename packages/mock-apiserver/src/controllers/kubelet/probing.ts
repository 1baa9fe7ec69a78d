import type { Probe as ProbeSpec } from '@portolan/shared';
import type { ContainerLife } from './container-life.ts';
import { failingProbes, type ProbeKind } from './failing-probes.ts';
import type { PodWorld } from './pod-world.ts';
import { type Answer, Probe } from './probe.ts';
import { warning } from './stages.ts';

const TITLES: Record<ProbeKind, string> = { readiness: 'Readiness', liveness: 'Liveness', startup: 'Startup' };

/** What a container without such a probe is asked with once a fault makes it fail. */
const STAND_IN: ProbeSpec = { httpGet: { path: '/', port: 80 } };

function specOf({ spec }: ContainerLife, kind: ProbeKind): ProbeSpec | undefined {
  return { readiness: spec.readinessProbe, liveness: spec.livenessProbe, startup: spec.startupProbe }[kind];
}

function portOf({ spec }: ContainerLife, port: number | string): number {
  if (typeof port === 'number') return port;
  return spec.ports?.find(({ name }) => name === port)?.containerPort ?? 0;
}

/** What the kubelet's prober reports of a container that is not there yet, or that is not well. */
function problemText(life: ContainerLife, probe: ProbeSpec, ip: string, up: boolean): string {
  if (probe.exec) {
    const [program = '', file = ''] = probe.exec.command ?? [];
    return program.endsWith('cat') ? `cat: can't open '${file}': No such file or directory\n` : '';
  }
  if (probe.grpc) {
    if (up) return 'service unhealthy (responded with "NOT_SERVING")';
    const address = `${ip}:${probe.grpc.port}`;
    return `timeout: failed to connect service "${address}" within 1s: context deadline exceeded`;
  }
  const port = portOf(life, probe.httpGet?.port ?? probe.tcpSocket?.port ?? 0);
  const refused = `dial tcp ${ip}:${port}: connect: connection refused`;
  if (!probe.httpGet || !up) {
    const scheme = (probe.httpGet?.scheme ?? 'HTTP').toLowerCase();
    return probe.httpGet ? `Get "${scheme}://${ip}:${port}${probe.httpGet.path ?? '/'}": ${refused}` : refused;
  }
  return 'HTTP probe failed with statuscode: 503';
}

/** What a container says to a probe at a time. */
function answer(world: PodWorld, life: ContainerLife, kind: ProbeKind, probe: ProbeSpec): Answer {
  const now = world.elapsed();
  const told = failingProbes(world.pod()).has(kind);
  const cold = now < life.warmAt;
  const sick = kind === 'liveness' && now >= life.sickAt;
  const until = kind === 'liveness' ? life.sickAt : Number.POSITIVE_INFINITY;
  if (!told && !sick && (!cold || kind === 'liveness')) return { problem: undefined, until };
  return { problem: problemText(life, probe, world.podIP() ?? '', !cold), until: now };
}

/** What a pod's worker does about what its probes decide. */
export interface Verdicts {
  ready(life: ContainerLife, ready: boolean): void;
  started(life: ContainerLife): void;
  /** A liveness or startup probe has failed for good: the container is to be ended and started again. */
  unhealthy(life: ContainerLife, kind: ProbeKind): void;
}

/** Asks running containers how they are, by their probes and by what faults say of them. */
export class Probing {
  readonly #world: PodWorld;
  readonly #verdicts: Verdicts;

  constructor(world: PodWorld, verdicts: Verdicts) {
    this.#world = world;
    this.#verdicts = verdicts;
  }

  /** A container has begun to run. */
  begin(life: ContainerLife): void {
    if (specOf(life, 'startup') || this.#standsFor(life, 'startup')) this.#add(life, 'startup');
    else this.#begun(life);
  }

  /** Faults may have come or gone: a probe that has none gets one while it is to fail. */
  changed(life: ContainerLife): void {
    for (const probe of life.probes) probe.poke();
    if (!life.started) return;
    for (const kind of ['readiness', 'liveness'] as const) {
      const asked = life.probes.some((probe) => probe.kind === kind);
      if (!asked && this.#standsFor(life, kind)) this.#add(life, kind, kind === 'readiness' ? life.ready : true);
    }
  }

  /** A fault makes a probe fail that no container of the pod has: the first container then stands for the pod. */
  #standsFor(life: ContainerLife, kind: ProbeKind): boolean {
    const pod = this.#world.pod();
    if (!failingProbes(pod).has(kind)) return false;
    const key = `${kind}Probe` as const;
    const { containers } = pod.spec;
    return containers[0]?.name === life.spec.name && !containers.some((container) => container[key]);
  }

  /** It counts as started: from now on it may be ready, and must stay alive. */
  #begun(life: ContainerLife): void {
    life.started = true;
    if (specOf(life, 'liveness') || this.#standsFor(life, 'liveness')) this.#add(life, 'liveness', true);
    if (specOf(life, 'readiness') || this.#standsFor(life, 'readiness')) this.#add(life, 'readiness');
    else if (life.warmAt < Number.POSITIVE_INFINITY) {
      // Nothing asks it: it is ready once it has warmed up.
      life.timers.warm = this.#world.after(life.warmAt - this.#world.elapsed(), () => {
        if (!life.probes.some(({ kind }) => kind === 'readiness')) this.#verdicts.ready(life, true);
      });
    }
  }

  #add(life: ContainerLife, kind: ProbeKind, decided?: boolean): void {
    const spec = specOf(life, kind) ?? STAND_IN;
    const world = this.#world;
    const probe = new Probe(
      kind,
      spec,
      life.startedAt,
      {
        elapsed: () => world.elapsed(),
        after: (ms, run) => world.after(ms, run),
        ask: () => answer(world, life, kind, spec),
        failed: (_kind, problem) => world.tell(warning(life, 'Unhealthy', `${TITLES[kind]} probe failed: ${problem}`)),
        decided: (_kind, ok) => this.#decided(life, kind, ok),
      },
      decided,
    );
    life.probes.push(probe);
  }

  #decided(life: ContainerLife, kind: ProbeKind, ok: boolean): void {
    if (kind === 'readiness') this.#verdicts.ready(life, ok);
    else if (!ok) this.#verdicts.unhealthy(life, kind);
    else if (kind === 'startup') {
      life.probes = life.probes.filter((probe) => {
        if (probe.kind === 'startup') probe.stop();
        return probe.kind !== 'startup';
      });
      this.#begun(life);
      this.#verdicts.started(life);
    }
  }
}
