import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Upstream } from '../proxy/http-proxy.ts';
import { Component } from './component.ts';
import { Etcd } from './etcd.ts';

/** A control plane that runs on this machine, with everything that may befall it. */
export class ControlPlane {
  readonly kubeconfig: string;
  readonly apiserver: Component;
  readonly etcd: Etcd;
  /** How a leg reaches the apiserver, as the kubeconfig's user. */
  readonly upstream: Upstream;
  readonly token: string;
  readonly #others: readonly Component[];

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
    this.#others = readdirSync(pids)
      .filter((name) => name !== 'apiserver' && name !== 'etcd')
      .map(component);
    this.etcd = new Etcd(component('etcd').flag('listen-client-urls'));
    const text = readFileSync(kubeconfig, 'utf8');
    const server = /server: "?([^",}\s]+)/.exec(text)?.[1];
    const token = /token: "?([^",}\s]+)/.exec(text)?.[1];
    if (server === undefined || token === undefined) throw new Error(`${kubeconfig} names no server or no token`);
    this.token = token;
    const ca = readFileSync(join(folder, this.apiserver.flag('cert-dir'), 'apiserver.crt'), 'utf8');
    this.upstream = { url: server, ca };
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
}
