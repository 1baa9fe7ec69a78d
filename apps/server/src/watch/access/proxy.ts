import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';

/** A proxy and where it was told; `shown` is its address without the user and password that it may hold. */
export interface ProxyChoice {
  url: string;
  shown: string;
  source: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const SCHEMES = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** A proxy's address that cannot be used. Its message does not repeat the address, which may hold a password. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

/** The proxy that a kubeconfig's `proxy-url` names. */
export function proxyOfUrl(text: string, source: string): ProxyChoice {
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || !SCHEMES.includes(url.protocol)) {
    const scheme = url === null ? '' : ` and not ${url.protocol}//`;
    throw new ProxyError(
      `${source} is no proxy's address: write it as http://HOST:PORT, https:// or socks5://${scheme}`,
    );
  }
  return { url: url.href, shown: `${url.protocol}//${url.host}`, source };
}

/**
 * The proxy that the environment names for a server, or null: `HTTPS_PROXY` for https:, `HTTP_PROXY` for http:, unless
 * `NO_PROXY` covers the host; the upper-case name goes first. Never for localhost and loopback addresses.
 * Source: golang.org/x/net `http/httpproxy`.
 */
export function proxyOfEnvironment(server: string, env: Environment): ProxyChoice | null {
  const { protocol, hostname, port } = new URL(server);
  const secure = protocol === 'https:';
  const name = ['PROXY', 'proxy']
    .map((end) => (end === 'PROXY' ? `${secure ? 'HTTPS' : 'HTTP'}_PROXY` : `${secure ? 'https' : 'http'}_proxy`))
    .find((one) => (env[one] ?? '') !== '');
  if (name === undefined) return null;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || isLoopback(host)) return null;
  if (excludes(env.NO_PROXY || env.no_proxy || '', host, port || (secure ? '443' : '80'))) return null;
  const text = env[name] ?? '';
  // Go takes `proxy:3128` for http://proxy:3128.
  return proxyOfUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`, `the environment's ${name}`);
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Whether NO_PROXY covers a host: addresses, CIDR blocks, domains with everything under them, each with or without a port. */
function excludes(list: string, host: string, port: string): boolean {
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || inBlock(entry, host) || isNamed(entry, host, port));
}

function inBlock(entry: string, host: string): boolean {
  const [, base = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const family = isIP(base);
  if (family === 0 || isIP(host) !== family || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const block = new BlockList();
  block.addSubnet(base, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return block.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function isNamed(entry: string, host: string, port: string): boolean {
  const [, bracketed, plain, entryPort] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const named = isIP(entry) === 0 ? (bracketed ?? plain) : entry;
  if (named === undefined || (isIP(entry) === 0 && entryPort !== undefined && entryPort !== port)) return false;
  const family = isIP(named);
  if (family !== 0 || isIP(host) !== 0) return family !== 0 && sameAddress(named, host);
  const suffix = named.replace(/^\*\./, '.');
  const domain = domainToASCII(suffix.replace(/^\./, ''));
  if (domain === '') return false;
  return host.endsWith(`.${domain}`) || (!suffix.startsWith('.') && host === domain);
}

function sameAddress(one: string, other: string): boolean {
  const family = isIP(one);
  if (family !== isIP(other)) return false;
  const list = new BlockList();
  list.addAddress(one, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(other, family === 4 ? 'ipv4' : 'ipv6');
}
