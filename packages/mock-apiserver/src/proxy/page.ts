import { createHash } from 'node:crypto';
import type { Language } from './language.ts';
import type { ServedBy } from './served-by.ts';

/** One answer of a pod over HTTP. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** How many accents there are: one revision's pages look different from the next one's. */
const ACCENTS = 6;

const STYLE = `
:root{color-scheme:light dark;--paper:#f7f6f2;--card:#fff;--ink:#1d2530;--soft:#5b6675;--line:#d9dde3;--bad:#a3261b;--accent:#1f6feb}
@media(prefers-color-scheme:dark){:root{--paper:#12161c;--card:#1a2029;--ink:#e8ecf1;--soft:#9aa6b4;--line:#313a46;--bad:#ff8f85;--accent:#6cb0ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:44rem;margin:0 auto;padding:2rem 1rem}
h1{margin:0 0 1rem;font-size:1.75rem;border-bottom:4px solid var(--accent);padding-bottom:.5rem}
h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
form{display:flex;gap:.5rem;flex-wrap:wrap;align-items:end}
label{flex:1 1 16rem;display:flex;flex-direction:column;gap:.25rem;color:var(--soft);font-size:.875rem}
input,button{font:inherit;padding:.5rem .75rem;border-radius:.375rem;border:2px solid var(--line);background:var(--card);color:var(--ink)}
button{border-color:var(--accent);cursor:pointer}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
ul{list-style:none;margin:0;padding:0}
li{background:var(--card);border:1px solid var(--line);border-radius:.375rem;padding:.5rem .75rem;margin:.375rem 0;overflow-wrap:anywhere}
time,.soft{color:var(--soft);font-size:.875rem}
.bad{border-left:4px solid var(--bad);color:var(--bad);background:var(--card);padding:.5rem .75rem;margin:1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:2rem 0 0;padding:1rem;background:var(--card);border:1px solid var(--line);border-top:4px solid var(--accent);border-radius:.375rem}
dt{color:var(--soft)}dd{margin:0;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
.a1{--accent:#b8590a}.a2{--accent:#1a7f4b}.a3{--accent:#8a3ffc}.a4{--accent:#b3205e}.a5{--accent:#0b7285}
@media(prefers-color-scheme:dark){.a1{--accent:#ffb066}.a2{--accent:#5fd39a}.a3{--accent:#c4a1ff}.a4{--accent:#ff8fbd}.a5{--accent:#66d9e8}}
`;

/** Nothing but the page's own style and its own form (CSP level 3). */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const FACTS: Record<Language, Record<'pod' | 'node' | 'revision' | 'image' | 'none', string>> = {
  en: { pod: 'Answered by', node: 'on node', revision: 'revision', image: 'image', none: 'none' },
  'zh-CN': { pod: '应答的 Pod', node: '所在节点', revision: '版本', image: '镜像', none: '无' },
};

/** The accent of a revision: a number counts, a hash is summed. */
function accentOf(revision: string): number {
  const number = Number(revision);
  const turn = Number.isInteger(number) ? number - 1 : [...revision].reduce((sum, sign) => sum + sign.charCodeAt(0), 0);
  return ((turn % ACCENTS) + ACCENTS) % ACCENTS;
}

function factsOf(by: ServedBy, language: Language): string {
  const names = FACTS[language];
  const rows = [
    [names.pod, by.pod],
    [names.node, by.node],
    [names.revision, by.revision || names.none],
    [names.image, by.image],
  ];
  return `<dl>${rows.map(([name = '', value = '']) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

/** A page of a pod: no script, nothing from elsewhere, and who answered at its foot. `content` is HTML. */
export function htmlPage(by: ServedBy, language: Language, title: string, content: string, status = 200): Answer {
  const name = escapeHtml(title);
  const body = `<!doctype html>
<html lang="${language}" class="a${accentOf(by.revision)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${name}</title><style>${STYLE}</style></head>
<body><main><h1>${name}</h1>
${content}
${factsOf(by, language)}
</main></body></html>
`;
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  return { status, headers, body };
}
