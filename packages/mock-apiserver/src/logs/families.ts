import type { Random } from '@portolan/shared';

/** What a line may tell of the container that writes it. */
export interface LogWorld {
  container: string;
  image: string;
  podIP: string;
  /** The gateway of the pod's network, from where probes come. */
  gateway: string;
  probed: boolean;
}

/** How the containers of one family of images write: what they say as they start, and what now and then. Times are simulated ms. */
export interface LogFamily {
  pattern: RegExp;
  begins: readonly { atMs: number; text(at: Date, world: LogWorld): string }[];
  everyMs: number;
  /** A line of its daily work. */
  works(at: Date, world: LogWorld, random: Random): string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

const two = (value: number) => String(value).padStart(2, '0');
const clockTime = (at: Date) => at.toISOString().slice(11, 19);
const millis = (at: Date) => String(at.getUTCMilliseconds()).padStart(3, '0');
const monthOf = (at: Date) => MONTHS[at.getUTCMonth()] ?? '';

/** `24 Nov 2026 13:44:12.123`, as redis writes it. */
const redisTime = (at: Date) =>
  `${two(at.getUTCDate())} ${monthOf(at)} ${at.getUTCFullYear()} ${clockTime(at)}.${millis(at)}`;
/** `24/Nov/2026:13:44:12 +0000`, the Common Log Format. */
const commonTime = (at: Date) => `${two(at.getUTCDate())}/${monthOf(at)}/${at.getUTCFullYear()}:${clockTime(at)} +0000`;
/** `2026/11/24 13:44:12`, as nginx's error log has it. */
const nginxTime = (at: Date) => at.toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
/** `Tue Nov 24 13:44:12.123000 2026`, as Apache's error log has it. */
const apacheTime = (at: Date) =>
  `${DAYS[at.getUTCDay()]} ${monthOf(at)} ${two(at.getUTCDate())} ${clockTime(at)}.${millis(at)}000 ${at.getUTCFullYear()}`;
const microTime = (at: Date) => `${at.toISOString().slice(0, 23)}000Z`;

function pick<T>(random: Random, [first, ...others]: readonly [T, ...T[]]): T {
  return others[Math.floor(random() * (others.length + 1)) - 1] ?? first;
}

const PAGES = ['/', '/', '/', '/index.html', '/favicon.ico', '/healthz', '/api/items'] as const;

/** A line of an access log: a probe's where there is one, else some visitor's. */
function access(at: Date, { gateway, probed }: LogWorld, random: Random, end: string): string {
  const isProbe = probed && random() < 0.7;
  const page = isProbe ? '/' : pick(random, PAGES);
  const status = page === '/favicon.ico' ? 404 : 200;
  const agent = isProbe ? 'kube-probe/1.32' : 'curl/8.5.0';
  const size = status === 404 ? 153 : 600 + Math.floor(random() * 600);
  return `${gateway} - - [${commonTime(at)}] "GET ${page} HTTP/1.1" ${status} ${size} "-" "${agent}"${end}`;
}

const json = (at: Date, fields: Record<string, unknown>) =>
  JSON.stringify({ level: 'info', ts: at.toISOString(), ...fields });

const spring = (at: Date, thread: string, logger: string, text: string) =>
  `${at.toISOString()}  INFO 1 --- [${thread.padStart(15)}] ${logger.padEnd(40)} : ${text}`;

/** The first row whose pattern matches an image counts; the last matches all. */
export const LOG_FAMILIES: readonly LogFamily[] = [
  {
    pattern: /guestbook-php|php|apache|httpd/,
    begins: [
      {
        atMs: 40,
        text: (_at, { podIP }) =>
          `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${podIP}. Set the 'ServerName' directive globally to suppress this message`,
      },
      {
        atMs: 120,
        text: (at) =>
          `[${apacheTime(at)}] [mpm_prefork:notice] [pid 1] AH00163: Apache/2.4.62 (Debian) PHP/8.3.14 configured -- resuming normal operations`,
      },
      {
        atMs: 121,
        text: (at) => `[${apacheTime(at)}] [core:notice] [pid 1] AH00094: Command line: 'apache2 -D FOREGROUND'`,
      },
    ],
    everyMs: 9000,
    works: (at, world, random) => access(at, world, random, ''),
  },
  {
    pattern: /redis/,
    begins: [
      { atMs: 10, text: (at) => `1:C ${redisTime(at)} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo` },
      {
        atMs: 11,
        text: (at) =>
          `1:C ${redisTime(at)} * Redis version=7.4.1, bits=64, commit=00000000, modified=0, pid=1, just started`,
      },
      { atMs: 14, text: (at) => `1:M ${redisTime(at)} * Running mode=standalone, port=6379.` },
      { atMs: 15, text: (at) => `1:M ${redisTime(at)} * Server initialized` },
      { atMs: 16, text: (at) => `1:M ${redisTime(at)} * Ready to accept connections tcp` },
    ],
    everyMs: 100_000,
    works: (at, _world, random) =>
      `1:M ${redisTime(at)} * ${pick(random, ['1 changes in 3600 seconds. Saving...', 'Background saving terminated with success', 'DB saved on disk'])}`,
  },
  {
    pattern: /nginx/,
    begins: [
      {
        atMs: 10,
        text: () => '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
      },
      { atMs: 90, text: () => '/docker-entrypoint.sh: Configuration complete; ready for start up' },
      { atMs: 100, text: (at) => `${nginxTime(at)} [notice] 1#1: using the "epoll" event method` },
      { atMs: 101, text: (at) => `${nginxTime(at)} [notice] 1#1: nginx/1.27.3` },
      { atMs: 104, text: (at) => `${nginxTime(at)} [notice] 1#1: start worker processes` },
      { atMs: 105, text: (at) => `${nginxTime(at)} [notice] 1#1: start worker process 29` },
    ],
    everyMs: 8000,
    works: (at, world, random) => access(at, world, random, ' "-"'),
  },
  {
    pattern: /mysql|mariadb/,
    begins: [
      {
        atMs: 5,
        text: (at) =>
          `${at.toISOString().slice(0, 19).replace('T', ' ')}+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server 8.4.3-1.el9 started.`,
      },
      {
        atMs: 700,
        text: (at) =>
          `${microTime(at)} 0 [System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld 8.4.3) starting as process 1`,
      },
      { atMs: 1600, text: (at) => `${microTime(at)} 1 [System] [MY-013577] [InnoDB] InnoDB initialization has ended.` },
      {
        atMs: 2100,
        text: (at) =>
          `${microTime(at)} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.4.3'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.`,
      },
    ],
    everyMs: 240_000,
    works: (at, { gateway }, random) =>
      `${microTime(at)} ${8 + Math.floor(random() * 90)} [Note] [MY-010914] [Server] Aborted connection to db: 'unconnected' user: 'app' host: '${gateway}' (Got an error reading communication packets).`,
  },
  {
    pattern: /postgres/,
    begins: [
      {
        atMs: 300,
        text: (at) =>
          `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC [1] LOG:  starting PostgreSQL 17.2 on x86_64-pc-linux-gnu`,
      },
      {
        atMs: 310,
        text: (at) =>
          `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432`,
      },
      {
        atMs: 700,
        text: (at) =>
          `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC [1] LOG:  database system is ready to accept connections`,
      },
    ],
    everyMs: 300_000,
    works: (at, _world, random) =>
      `${at.toISOString().replace('T', ' ').replace('Z', '')} UTC [27] LOG:  checkpoint complete: wrote ${3 + Math.floor(random() * 60)} buffers (0.2%); 0 WAL file(s) added, 0 removed, 0 recycled`,
  },
  {
    pattern: /java|spring|tomcat|jdk|jre|springcloud/,
    begins: [
      {
        atMs: 900,
        text: (at) =>
          spring(at, 'main', 'com.example.Application', 'Starting Application using Java 21.0.5 with PID 1'),
      },
      {
        atMs: 2400,
        text: (at) =>
          spring(at, 'main', 'o.s.b.w.embedded.tomcat.TomcatWebServer', 'Tomcat initialized with port 8080 (http)'),
      },
      {
        atMs: 3900,
        text: (at) =>
          spring(
            at,
            'main',
            'o.s.b.w.embedded.tomcat.TomcatWebServer',
            "Tomcat started on port 8080 (http) with context path '/'",
          ),
      },
      {
        atMs: 3910,
        text: (at) =>
          spring(
            at,
            'main',
            'com.example.Application',
            'Started Application in 3.412 seconds (process running for 3.9)',
          ),
      },
    ],
    everyMs: 30_000,
    works: (at, _world, random) =>
      spring(
        at,
        `nio-8080-exec-${1 + Math.floor(random() * 9)}`,
        'com.example.web.RequestLog',
        `GET ${pick(random, PAGES)} 200 ${2 + Math.floor(random() * 40)} ms`,
      ),
  },
  {
    pattern: /coredns/,
    begins: [
      { atMs: 60, text: () => '.:53' },
      {
        atMs: 61,
        text: () =>
          '[INFO] plugin/reload: Running configuration SHA512 = f869070685748660180df1b7a47d58cdafcf2f368266578c062d1151dc2c900964aecc5975e8882e6de6fdfb6460463e30ebfaad2ec8f0c3c6436f80225b3b5b',
      },
      { atMs: 62, text: () => 'CoreDNS-1.11.3' },
      { atMs: 63, text: () => 'linux/amd64, go1.21.11, a6338e9' },
    ],
    everyMs: 600_000,
    works: () => '[INFO] plugin/reload: Running configuration is up to date',
  },
  {
    pattern: /./,
    begins: [
      { atMs: 20, text: (at, { container, image }) => json(at, { msg: 'starting', container, image }) },
      { atMs: 400, text: (at, { container }) => json(at, { msg: 'ready', container }) },
    ],
    everyMs: 20_000,
    works: (at, _world, random) =>
      json(at, { msg: 'handled', requests: 1 + Math.floor(random() * 40), ms: 3 + Math.floor(random() * 90) }),
  },
];

/** How the containers of an image write. */
export function logFamilyOf(image: string): LogFamily {
  const family = LOG_FAMILIES.find(({ pattern }) => pattern.test(image));
  if (!family)
    throw new Error(`no row says how the containers of "${image}" write: end the table with one that matches all`);
  return family;
}
