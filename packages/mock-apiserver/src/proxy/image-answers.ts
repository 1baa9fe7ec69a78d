import { guestbookPage } from './guestbook-page.ts';
import { type Language, languageOf } from './language.ts';
import { type Answer, escapeHtml, htmlPage } from './page.ts';
import type { Redis } from './redis.ts';
import type { ServedBy } from './served-by.ts';

/** A request as a container gets it; `path` begins with a slash, header names are in lower case. */
export interface ContainerRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

/** What a family of images does with a connection: the first row whose pattern matches counts. */
interface ImageAnswer {
  pattern: RegExp;
  /** How it answers over HTTP; undefined for what speaks a protocol of its own and takes a connection only to close it. */
  answer?(request: ContainerRequest, by: ServedBy, redis: Redis): Answer;
}

const WELCOME: Record<Language, { title: string; says: string }> = {
  en: {
    title: 'The web server works',
    says: 'It has no pages of its own yet: this one says that a request reached it.',
  },
  'zh-CN': { title: 'Web 服务器正常工作', says: '它还没有自己的页面，此页只说明请求已经到达。' },
};

const ECHO: Record<Language, { title: string; labels: string }> = {
  en: { title: 'A pod answers', labels: 'Labels' },
  'zh-CN': { title: 'Pod 的应答', labels: '标签' },
};

const header = ({ headers }: ContainerRequest, name: string) => [headers[name]].flat().join(',');
const language = (request: ContainerRequest) => languageOf(header(request, 'accept-language'));

const plain = (status: number, body: string, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
  body,
});

function echo(request: ContainerRequest, by: ServedBy): Answer {
  if (header(request, 'accept').includes('application/json')) {
    const { method, path } = request;
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method, path, ...by }),
    };
  }
  const text = ECHO[language(request)];
  const labels = Object.entries(by.labels).map(([name, value]) => `<li>${escapeHtml(`${name}=${value}`)}</li>`);
  const content = `<p><code>${escapeHtml(`${request.method} ${request.path}`)}</code></p><h2>${text.labels}</h2><ul>${labels.join('')}</ul>`;
  return htmlPage(by, language(request), text.title, content);
}

/** One page at `/`, the health paths beside it, nothing else. */
function site(
  methods: readonly string[],
  page: NonNullable<ImageAnswer['answer']>,
): NonNullable<ImageAnswer['answer']> {
  return (request, by, redis) => {
    const { method, path } = request;
    if (['/healthz', '/livez', '/readyz'].includes(path)) return plain(200, 'ok\n');
    if (path !== '/' && path !== '/index.html') return plain(404, `${path} is not here: the page is at /\n`);
    if (methods.includes(method)) return page(request, by, redis);
    return plain(405, `${method} is not for this page: it takes ${methods.join(', ')}\n`, {
      allow: methods.join(', '),
    });
  };
}

const ROWS: readonly ImageAnswer[] = [
  { pattern: /redis|mysql|mariadb|postgres|mongo|memcached|etcd|rabbitmq|kafka|zookeeper/ },
  {
    pattern: /guestbook|gb-frontend/,
    answer: site(['GET', 'HEAD', 'POST'], (request, by, redis) =>
      guestbookPage({ method: request.method, body: request.body, by, language: language(request) }, redis),
    ),
  },
  {
    pattern: /nginx|httpd|apache|caddy/,
    answer: site(['GET', 'HEAD'], (request, by) => {
      const { title, says } = WELCOME[language(request)];
      return htmlPage(by, language(request), title, `<p>${says}</p>`);
    }),
  },
  { pattern: /./, answer: echo },
];

/** How an image answers over HTTP; undefined where it does not. */
export function answerOf(image: string): ImageAnswer['answer'] {
  return ROWS.find(({ pattern }) => pattern.test(image))?.answer;
}
