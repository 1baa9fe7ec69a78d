import type { Catalog } from '../i18n/catalog.en.ts';
import { useI18n } from '../i18n/i18n.tsx';
import { useConnection, useNow, useStream } from '../store/live.tsx';
import type { Loss, StreamStatus } from '../stream/connection.ts';
import { Glyph } from '../views/glyph.tsx';

/** How long the server may be away before a banner says so, in milliseconds. */
const PATIENCE = 2_000;

const REASONS: Record<Loss, keyof Catalog & `reason${string}`> = {
  lost: 'reasonLost',
  silent: 'reasonSilent',
  goodbye: 'reasonGoodbye',
  malformed: 'reasonMalformed',
  diverged: 'reasonDiverged',
};

/** Whether the banner stands: the picture has been behind for longer than a hiccup, or nothing more will be tried. */
export function needsBanner({ connection, behindSince }: StreamStatus, heard: number | null, now: number): boolean {
  if (connection.state === 'stopped') return true;
  // Before the first answer there is no picture that could be old; the empty chart says what is awaited.
  if (behindSince === null || heard === null) return false;
  return now - behindSince > PATIENCE;
}

/** Says that the picture is not current, since when, and what happens next. */
export function Banner() {
  const { text, format } = useI18n();
  const status = useConnection();
  const stream = useStream();
  const now = useNow(500);
  const { connection } = status;
  if (!needsBanner(status, stream.heard, now)) return status.newBuild ? <NewBuild /> : null;
  const protocol = connection.state === 'stopped';
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-2 gap-y-1 border-fail border-b bg-fail-bg px-6 py-2.5 text-t1"
    >
      <Glyph name="fail" className="size-4 text-fail" />
      <b>{protocol ? text.protocolChanged : text.unreachable}</b>
      {connection.state === 'waiting' && <span>{text[REASONS[connection.reason]]}</span>}
      {stream.heard !== null && <span>{text.showing(format.time(stream.heard))}</span>}
      <span aria-live="off">{nextStep(status, now)}</span>
      {connection.state === 'waiting' && <Action onClick={() => stream.retryNow()}>{text.retryNow}</Action>}
      {protocol && <Action onClick={() => window.location.reload()}>{text.reload}</Action>}
    </div>
  );

  function nextStep({ connection: { state, ...rest } }: StreamStatus, at: number): string {
    switch (state) {
      case 'waiting':
        return 'retryAt' in rest ? text.nextTry(format.wait(rest.retryAt - at)) : '';
      case 'connecting':
        return text.tryingNow;
      case 'syncing':
        return text.resyncing;
      case 'live':
      case 'stopped':
        return '';
    }
  }
}

function NewBuild() {
  const { text } = useI18n();
  return (
    <div role="status" className="flex items-center gap-2 border-line border-b bg-s2 px-6 py-2.5">
      <span>{text.newBuild}</span>
      <Action onClick={() => window.location.reload()}>{text.reload}</Action>
    </div>
  );
}

function Action({ onClick, children }: { onClick(): void; children: string }) {
  return (
    <button type="button" onClick={onClick} className="ml-auto h-7 rounded-tile border border-line2 bg-s2 px-3">
      {children}
    </button>
  );
}
