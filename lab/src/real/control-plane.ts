import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Component } from '../../../e2e/src/component.ts';
import type { Upstream } from '../proxy/http-proxy.ts';
import { Etcd } from './etcd.ts';

/** A control plane that runs on this machine, with everything that may befall it. */
export class ControlPlane {
  readonly kubeconfig: string;
  readonly apiserver: Component;
  readonly etcd: Etcd;
  /** How a leg reaches the apiserver, as the kubeconfig's user. */
  readonly upstream: Upstream;
  readonly token: string;
  readonly #etcdProcess: Component;
  readonly #others: readonly Component[];
  readonly #kept: string;

  /**
   * The control plane of a kubeconfig: in the same folder stand `pids/` and `logs/`, a file a process, and the apiserver's
   * `certs/`. Throws when it does not run.
   */
  constructor(kubeconfig: string) {
    this.kubeconfig = kubeconfig;
    const folder = dirname(resolve(kubeconfig));
    const pids = join(folder, 'pids');
    if (!existsSync(pids))
      throw new Error(`${pids} is missing: ${kubeconfig} is not of a control plane on this machine`);
    const component = (name: string) => new Component(join(pids, name), join(folder, 'logs', `${name}.log`));
    this.apiserver = component('apiserver');
    this.#etcdProcess = component('etcd');
    this.#others = readdirSync(pids)
      .filter((name) => name !== 'apiserver' && name !== 'etcd')
      .map(component);
    this.etcd = new Etcd(this.#etcdProcess.flag('listen-client-urls'));
    const text = readFileSync(kubeconfig, 'utf8');
    const server = /server: "?([^",}\s]+)/.exec(text)?.[1];
    const token = /token: "?([^",}\s]+)/.exec(text)?.[1];
    if (server === undefined || token === undefined) throw new Error(`${kubeconfig} names no server or no token`);
    this.token = token;
    const ca = readFileSync(join(folder, this.apiserver.flag('cert-dir'), 'apiserver.crt'), 'utf8');
    this.upstream = { url: server, ca };
    this.#kept = join(folder, 'etcd-kept');
  }

  /** Starts the apiserver; `ready` says whether it answers. */
  async startApiserver(ready: () => Promise<boolean>): Promise<void> {
    this.apiserver.start();
    const until = Date.now() + 60_000;
    while (!(await ready())) {
      if (Date.now() > until) throw new Error('the apiserver has been started and was not ready within a minute');
      await wait(100);
    }
  }

  /** Starts again what ended by itself: a controller manager or a scheduler that lost its lease with the apiserver. */
  revive(): void {
    for (const other of this.#others) if (!other.alive) other.start();
  }

  /** Keeps what etcd holds at this moment, for `restoreEtcd`. */
  async keepEtcd(): Promise<void> {
    await rm(this.#kept, { recursive: true, force: true });
    // Nothing is written meanwhile; what stands on disk is what a crash would have left.
    this.#etcdProcess.freeze();
    try {
      await cp(this.#data, this.#kept, { recursive: true });
    } finally {
      this.#etcdProcess.thaw();
    }
  }

  /** Puts etcd back to what was kept, as an operator does after a loss: everything is down meanwhile, versions go backwards. */
  async restoreEtcd(ready: () => Promise<boolean>): Promise<void> {
    await this.apiserver.kill();
    for (const other of this.#others) await other.kill();
    await this.#etcdProcess.kill();
    await rm(this.#data, { recursive: true });
    await cp(this.#kept, this.#data, { recursive: true });
    this.#etcdProcess.start();
    await this.startApiserver(ready);
    for (const other of this.#others) other.start();
  }

  get #data(): string {
    const named = this.#etcdProcess.flag('data-dir');
    return resolve(this.#etcdProcess.cwd, named);
  }
}
