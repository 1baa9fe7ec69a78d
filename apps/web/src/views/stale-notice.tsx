import { useI18n } from '../i18n/i18n.tsx';
import { useStream } from '../store/live.tsx';
import type { Staleness } from '../store/staleness.ts';
import { Glyph } from './glyph.tsx';

/** As many kinds are called by name; of more the number is said, and the list of sources names them. */
const NAMED = 3;

/** Says in one line that the picture is not current, which moment it shows, and what happens next. */
export function StaleNotice({ staleness, now }: { staleness: Staleness; now: number }) {
  const { text, format } = useI18n();
  const stream = useStream();
  const next = (retryAt: number | null) =>
    retryAt === null || retryAt <= now ? text.tryingNow : text.nextTry(format.wait(retryAt - now));
  const words = {
    server: () => [
      staleness.what === 'server' && staleness.phase === 'silent' ? text.serverSilent : text.unreachable,
      shown(),
      staleness.what === 'server' && after(staleness),
    ],
    protocol: () => [text.protocolChanged],
    sources: () => staleness.what === 'sources' && [kindsInWords(staleness.kinds), shown(), next(staleness.retryAt)],
  };
  function kindsInWords(kinds: readonly string[]): string {
    return kinds.length > NAMED ? text.kindsOld(kinds.length) : text.sourcesOld(kinds.join(', '));
  }
  function shown(): string {
    return staleness.what === 'protocol' ? '' : text.showing(format.time(staleness.asOf));
  }
  function after({ phase, retryAt, since }: Extract<Staleness, { what: 'server' }>): string {
    if (phase === 'silent') return text.silentSince(format.freshness(now - since));
    return phase === 'syncing' ? text.resyncing : next(retryAt);
  }
  const [first, ...rest] = words[staleness.what]() || [];
  const problem = staleness.what === 'sources' && staleness.problem !== null ? text.problem(staleness.problem) : null;
  const calm = staleness.what === 'sources';
  return (
    <div
      role="alert"
      title={problem ?? undefined}
      className={`-mt-1 flex h-6 w-fit max-w-full items-center gap-2 rounded-tile pr-1 pl-2 text-t1 ${calm ? 'bg-warn-bg' : 'bg-fail-bg'}`}
    >
      <Glyph name={calm ? 'stale' : 'fail'} className={`size-3.5 ${calm ? 'text-warn' : 'text-fail'}`} />
      <b className="whitespace-nowrap">{first}</b>
      {problem && <span className="truncate">{problem}</span>}
      {/* Where it is tight this is cut short first: the headline says which moment is shown. */}
      <span className={problem ? 'shrink-4 truncate text-t2' : 'truncate'}>{rest.filter(Boolean).join(' ')}</span>
      {staleness.what === 'server' && staleness.phase === 'waiting' && (
        <Action onClick={() => stream.retryNow()}>{text.retryNow}</Action>
      )}
      {staleness.what === 'protocol' && <Action onClick={() => window.location.reload()}>{text.reload}</Action>}
    </div>
  );
}

function Action({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="h-5 flex-none rounded-chip border border-line2 bg-s2 px-2 text-12/4 hover:bg-s3"
    >
      {children}
    </button>
  );
}
