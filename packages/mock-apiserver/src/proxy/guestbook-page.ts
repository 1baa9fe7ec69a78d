import type { Language } from './language.ts';
import { type Answer, escapeHtml, htmlPage } from './page.ts';
import { type Message, type Redis, RedisError } from './redis.ts';
import type { ServedBy } from './served-by.ts';

/** The longest message that is kept, in characters. */
const LONGEST_MESSAGE = 200;

type Texts = Record<'title' | 'leave' | 'submit' | 'messages' | 'none' | 'empty' | 'again', string> & {
  readFrom(pod: string): string;
  tooLong(most: number): string;
  notWritten(why: string): string;
  notRead(why: string): string;
  why: Record<RedisError['reason'], (service: string) => string>;
};

const TEXTS: Record<Language, Texts> = {
  en: {
    title: 'Guestbook',
    leave: 'Your message',
    submit: 'Leave it',
    messages: 'Messages',
    none: 'Nobody has written yet.',
    empty: 'An empty message is not kept.',
    again: 'Read again',
    readFrom: (pod) => `Read from pod ${pod} through Service redis-slave.`,
    tooLong: (most) => `A message has at most ${most} characters.`,
    notWritten: (why) => `Your message was not written: ${why}.`,
    notRead: (why) => `The messages cannot be read: ${why}.`,
    why: {
      noService: (service) => `there is no Service ${service}`,
      noEndpoint: (service) => `Service ${service} has no ready endpoint`,
      refused: (service) => `the pod that Service ${service} leads to does not answer`,
    },
  },
  'zh-CN': {
    title: '留言簿',
    leave: '你的留言',
    submit: '留言',
    messages: '留言',
    none: '还没有人留言。',
    empty: '空的留言不会保存。',
    again: '重新读取',
    readFrom: (pod) => `经由 Service redis-slave 读自 Pod ${pod}。`,
    tooLong: (most) => `留言最多 ${most} 个字符。`,
    notWritten: (why) => `留言没有写入：${why}。`,
    notRead: (why) => `无法读取留言：${why}。`,
    why: {
      noService: (service) => `没有名为 ${service} 的 Service`,
      noEndpoint: (service) => `Service ${service} 没有就绪的端点`,
      refused: (service) => `Service ${service} 指向的 Pod 没有应答`,
    },
  },
};

/** What the guestbook's page is asked. */
export interface GuestbookRequest {
  method: string;
  by: ServedBy;
  language: Language;
  body: string;
}

/** What went wrong, the status it is answered with, and the text to be kept in the form. */
interface Trouble {
  status: number;
  line: string;
  draft: string;
}

const messageItem = ({ text, at }: Message) => {
  const time = new Date(at).toISOString();
  return `<li>${escapeHtml(text)} <time datetime="${time}">${time.slice(0, 19).replace('T', ' ')} UTC</time></li>`;
};

const bad = (line: string) => `<p class="bad" role="alert">${escapeHtml(line)}</p>`;

function show({ by, language }: GuestbookRequest, redis: Redis, trouble?: Trouble): Answer {
  const text = TEXTS[language];
  let status = trouble?.status ?? 200;
  let list: string;
  try {
    const { pod, messages } = redis.read(by.namespace);
    const items = messages.map(messageItem).join('');
    list = `${items ? `<ul>${items}</ul>` : `<p>${text.none}</p>`}<p class="soft">${escapeHtml(text.readFrom(pod))}</p>`;
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    // What was asked comes before what could not be shown beside it.
    status = trouble?.status ?? 503;
    list = bad(text.notRead(text.why[error.reason](error.service)));
  }
  const draft = escapeHtml(trouble?.draft ?? '');
  const content = `<form method="post" action="./"><label>${text.leave}<input name="message" maxlength="${LONGEST_MESSAGE}" required value="${draft}" autocomplete="off"></label><button>${text.submit}</button></form>
${trouble ? bad(trouble.line) : ''}<h2>${text.messages}</h2>
${list}<p><a href="./">${text.again}</a></p>`;
  return htmlPage(by, language, text.title, content, status);
}

/**
 * The guestbook's page: GET reads the messages through redis-slave, POST of a form writes one through redis-master and leads
 * back with 303. What cannot be read or written is answered 503 and says on the page why.
 */
export function guestbookPage(request: GuestbookRequest, redis: Redis): Answer {
  if (request.method !== 'POST') return show(request, redis);
  const text = TEXTS[request.language];
  const message = (new URLSearchParams(request.body).get('message') ?? '').trim();
  if (message === '') return show(request, redis, { status: 400, line: text.empty, draft: '' });
  if ([...message].length > LONGEST_MESSAGE) {
    return show(request, redis, { status: 400, line: text.tooLong(LONGEST_MESSAGE), draft: message });
  }
  try {
    redis.write(request.by.namespace, message);
  } catch (error) {
    if (!(error instanceof RedisError)) throw error;
    const line = text.notWritten(text.why[error.reason](error.service));
    return show(request, redis, { status: 503, line, draft: message });
  }
  return { status: 303, headers: { location: './' }, body: '' };
}
