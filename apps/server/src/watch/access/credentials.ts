import { type Clock, pause } from '../../clock.ts';
import { ApiError } from '../api-error.ts';
import type { Access, ExecPlugin } from './access.ts';
import { type ExecCredential, runExecPlugin } from './exec-plugin.ts';
import { KeptFiles } from './kept-files.ts';
import { OpenId } from './open-id.ts';

/** Who we are and whom we trust, ready to be sent. Two of the same `version` are the same. */
export interface Identity {
  version: number;
  access: Access;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[]>>;
  ca: string | null;
  certificate: string | null;
  key: string | null;
}

/** What the credentials of a cluster are made of. */
export interface CredentialsDeps {
  /** Reads the kubeconfig anew. */
  load: () => Access;
  env: Readonly<Record<string, string | undefined>>;
  clock: Clock;
}

/** A plugin has 15 s of its own; the second more lets its own words be the ones that are told. */
const LIMIT_MS = 16_000;
/** Before its end a credential is renewed; a short-lived one, when a tenth of its life is left. */
const SKEW_MS = 60_000;
const REST_MS = 10_000;

interface Obtained {
  credential: ExecCredential;
  plugin: string;
  at: number;
  renewAt: number;
}

/**
 * The credentials of one cluster. Everybody who asks at once waits for one and the same answer, for 16 s at most. A
 * plugin's credential is kept until shortly before it expires; while it holds, a renewal that fails harms nobody. A plugin
 * runs at most once in 10 s, whether it failed or what it gave was refused, however many kinds are asking.
 */
export class Credentials {
  #deps: CredentialsDeps;
  #access: Access;
  #reload = false;
  #moved = false;
  #files = new KeptFiles();
  #openId = new OpenId();
  #under: Promise<Identity> | null = null;
  #obtained: Obtained | null = null;
  #failed: { at: number; plugin: string; why: string } | null = null;
  #version = 0;
  #last = '';
  #ended = new AbortController();

  constructor(deps: CredentialsDeps) {
    this.#deps = deps;
    this.#access = deps.load();
  }

  /** The address that is connected to, as it was read last. */
  get server(): string {
    return this.#access.cluster.server;
  }

  /** The credentials to send now; an error is an ApiError of reason `credentials`. */
  current(): Promise<Identity> {
    if (this.#under === null) {
      const under = this.#limited().finally(() => {
        if (this.#under === under) this.#under = null;
      });
      this.#under = under;
    }
    return this.#under;
  }

  /** An identity was answered with 401: unless it has been replaced since, everything is read anew. */
  refused(identity: Identity): void {
    if (identity.version !== this.#version) return;
    this.#reload = true;
    this.#files.forget();
    const { clock } = this.#deps;
    if (this.#obtained !== null) this.#obtained.renewAt = Math.min(this.#obtained.renewAt, clock.monotonic());
  }

  /** The server was not reached: it may have moved, so the kubeconfig is read again if it can be. */
  unreached(): void {
    this.#moved = true;
  }

  /** Ends a plugin that runs. */
  close(): void {
    this.#ended.abort();
  }

  async #limited(): Promise<Identity> {
    const { clock } = this.#deps;
    const over = new AbortController();
    try {
      const overdue = pause(clock, LIMIT_MS, over.signal).then(() => {
        throw new Error(`no answer within ${LIMIT_MS / 1000} s`);
      });
      return await Promise.race([this.#assemble(), overdue]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const { name } = this.#access.user;
      throw new ApiError('credentials', `the credentials of user "${name}" cannot be had: ${why}`);
    } finally {
      over.abort();
    }
  }

  async #assemble(): Promise<Identity> {
    const access = this.#read();
    const { cluster, user } = access;
    const text = (material: Parameters<KeptFiles['text']>[0] | null, what: string) =>
      material === null ? null : this.#files.text(material, what);
    const ca = await text(cluster.ca, `the certificate authority of the cluster "${cluster.name}"`);
    const token = (await text(user.token, 'its token file'))?.trim() ?? null;
    const obtained = token === null && user.exec !== null ? await this.#exec(access, user.exec, ca) : null;
    const certificate = obtained?.certificate ?? (await text(user.certificate, 'its client certificate'));
    const key = obtained?.key ?? (await text(user.key, 'its client key'));
    const bearer = token ?? obtained?.token ?? null;
    const provided =
      bearer === null && user.authProvider !== null
        ? await this.#openId.authorization(user.authProvider, cluster)
        : null;
    const headers: Record<string, string | string[]> = {};
    if (user.basic !== null) headers.authorization = `Basic ${base64(`${user.basic.username}:${user.basic.password}`)}`;
    if (provided !== null) headers.authorization = provided;
    if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
    Object.assign(headers, impersonation(access));
    return this.#identity({ access, headers, ca, certificate, key });
  }

  #read(): Access {
    if (this.#reload) this.#access = this.#deps.load();
    else if (this.#moved) this.#access = this.#loadIfPossible();
    this.#reload = false;
    this.#moved = false;
    return this.#access;
  }

  /** What is wrong is the connection: a kubeconfig that is gone as well does not keep us from trying as before. */
  #loadIfPossible(): Access {
    try {
      return this.#deps.load();
    } catch {
      return this.#access;
    }
  }

  #identity(made: Omit<Identity, 'version'>): Identity {
    const told = JSON.stringify(made);
    if (told !== this.#last) {
      this.#last = told;
      this.#version++;
    }
    return { ...made, version: this.#version };
  }

  async #exec(access: Access, exec: ExecPlugin, ca: string | null): Promise<ExecCredential> {
    const { clock, env } = this.#deps;
    const plugin = JSON.stringify(exec);
    const had = this.#obtained?.plugin === plugin ? this.#obtained : null;
    const now = clock.monotonic();
    if (had !== null && now < had.renewAt && !isOver(had, clock)) return had.credential;
    // What was refused as soon as it was given would be given again.
    if (had !== null && now - had.at < REST_MS && !isOver(had, clock)) return had.credential;
    const failed = this.#failed;
    if (failed?.plugin === plugin && now - failed.at < REST_MS) {
      if (had !== null && !isOver(had, clock)) return had.credential;
      throw new Error(failed.why);
    }
    try {
      const credential = await runExecPlugin(exec, access.cluster, { env, clock, ca, signal: this.#ended.signal });
      this.#failed = null;
      const at = clock.monotonic();
      const life = credential.expires === null ? Number.POSITIVE_INFINITY : credential.expires - clock.now();
      this.#obtained = { credential, plugin, at, renewAt: at + life - Math.min(SKEW_MS, life / 10) };
      return credential;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#failed = { at: clock.monotonic(), plugin, why };
      if (had !== null && !isOver(had, clock)) return had.credential;
      throw error;
    }
  }
}

/** By the wall clock as well, which goes on while the machine sleeps. */
function isOver({ credential }: Obtained, clock: Clock): boolean {
  return credential.expires !== null && clock.now() >= credential.expires;
}

/** Source: client-go `transport/round_trippers.go`, NewImpersonatingRoundTripper. */
function impersonation({ user }: Access): Record<string, string | string[]> {
  if (user.impersonate === null) return {};
  const { user: name, uid, groups, extra } = user.impersonate;
  return {
    'impersonate-user': name,
    ...(uid !== null && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': [...groups] }),
    ...Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [
        `impersonate-extra-${encodeURIComponent(key.toLowerCase())}`,
        [...values],
      ]),
    ),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
