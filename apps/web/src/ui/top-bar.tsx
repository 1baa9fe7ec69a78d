import type { Kind } from '@portolan/shared';
import { type ReactNode, useMemo, useState } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { ofKind } from '../store/concern.ts';
import { useConnection, useNow, useSources, useStream } from '../store/live.tsx';
import type { SourceAge } from '../store/source-age.ts';
import { useGraph } from '../store/use-graph.ts';
import { Choice } from '../views/choice.tsx';
import { Glyph } from '../views/glyph.tsx';
import { GLYPH_TONE } from '../views/tones.ts';
import { connectionWords } from './connection-words.ts';
import { Part } from './part.tsx';
import { SOURCES } from './parts.ts';

export interface TopBarProps {
  cluster: string;
  version: string | null;
  /** Null for all of them. */
  namespace: string | null;
  /** All of them may be shown. */
  all: boolean;
  onNamespace(namespace: string | null): void;
}

/** Which cluster and namespace are shown, and how true the picture is. */
export function TopBar({ cluster, version, namespace, all, onNamespace }: TopBarProps) {
  const { text } = useI18n();
  return (
    <header className="flex h-14 items-center gap-6 border-line border-b bg-s1 px-6">
      <Switch label={text.cluster}>
        <b>{cluster}</b>
        {version && <span className="text-t3">{version}</span>}
      </Switch>
      <NamespaceSelect namespace={namespace} all={all} onNamespace={onNamespace} />
      <NewBuild />
      <div className="ml-auto flex min-w-0 items-center">
        <ConnectionIndicator cluster={cluster} />
        <SourceAges />
      </div>
    </header>
  );
}

function Switch({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex h-8 items-center gap-2 whitespace-nowrap rounded-tile border border-line bg-s2 px-3">
      <span className="text-t3">{label}</span>
      {children}
    </div>
  );
}

const NAMESPACES = ofKind('Namespace');

function NamespaceSelect({ namespace, all, onNamespace }: Pick<TopBarProps, 'namespace' | 'all' | 'onNamespace'>) {
  const { text } = useI18n();
  const seen = useGraph(NAMESPACES);
  const names = useMemo(() => {
    const known = Array.from(seen.graph.all('Namespace'), (one) => one.name);
    return [...new Set(namespace === null ? known : [...known, namespace])].sort();
  }, [seen, namespace]);
  return (
    <Choice
      label={text.namespace}
      value={namespace ?? ''}
      onChange={(name) => onNamespace(name || null)}
      className="max-w-56 font-semibold"
      testId="namespace"
    >
      {all && <option value="">{text.allNamespaces}</option>}
      {names.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Choice>
  );
}

/** Offers the page of the server's new version. */
function NewBuild() {
  const { text } = useI18n();
  const { newBuild } = useConnection();
  if (!newBuild) return null;
  return (
    <div role="status" className="flex items-center gap-2">
      <span className="truncate text-t2">{text.newBuild}</span>
      <button
        type="button"
        onClick={() => window.location.reload()}
        className="h-7 rounded-tile border border-line2 bg-s2 px-3 hover:bg-s3"
      >
        {text.reload}
      </button>
    </div>
  );
}

/** Says in a silhouette and words what is true of the stream. Only a change of state is announced, not the seconds. */
function ConnectionIndicator({ cluster }: { cluster: string }) {
  const i18n = useI18n();
  const [open, setOpen] = useState(false);
  const status = useConnection();
  const stream = useStream();
  const now = useNow(500);
  const { glyph, tone, word, detail } = connectionWords(status, stream.heard, now, i18n);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        title={i18n.text.sourcesOpen}
        className="mr-2 flex h-8 items-center gap-1.5 whitespace-nowrap rounded-tile px-2 hover:bg-s2"
        data-testid="connection"
        data-state={status.connection.state}
        data-silent={status.silentSince !== null}
      >
        <Glyph name={glyph} className={`size-4 ${GLYPH_TONE[tone]}`} />
        <span>
          <b>{word}</b>
          {detail && ` · ${detail}`}
        </span>
      </button>
      {open && <Part of={SOURCES} props={{ cluster, onClose: () => setOpen(false) }} />}
    </>
  );
}

/** The kinds whose ages the bar shows, by kubectl's short names. */
const SHOWN: readonly (readonly [Kind, string])[] = [
  ['Pod', 'po'],
  ['Service', 'svc'],
  ['Deployment', 'deploy'],
  ['ReplicaSet', 'rs'],
  ['Node', 'no'],
  ['Event', 'ev'],
];

function SourceAges() {
  const { text } = useI18n();
  const ages = useSources(useNow(1_000));
  return (
    <dl className="flex" aria-label={text.sourcesLabel} title={text.sourcesLabel}>
      {SHOWN.map(([kind, short]) => (
        <SourceCell key={kind} short={short} kind={kind} age={ages.find((one) => one.kind === kind)} />
      ))}
    </dl>
  );
}

function SourceCell({ short, kind, age }: { short: string; kind: Kind; age: SourceAge | undefined }) {
  const { text, format } = useI18n();
  const words = {
    live: () => format.freshness(age?.age ?? 0),
    stale: () => format.freshness(age?.age ?? 0),
    pending: () => '–',
    hidden: () => text.hidden,
    absent: () => text.absent,
  };
  const state = age?.state ?? 'pending';
  const stale = state === 'stale';
  const ground = stale ? 'hatched border-warn border-dashed text-warn-t' : 'border-transparent border-l-line';
  return (
    <div
      data-testid={`source-${kind}`}
      data-state={state}
      className={`ml-0.5 h-8 min-w-11 whitespace-nowrap border px-2 text-11/[15px] ${stale ? 'rounded-chip' : ''} ${ground}`}
    >
      <dt className={stale ? '' : 'text-t3'}>{short}</dt>
      <dd className={stale ? '' : 'text-t2'}>{words[state]()}</dd>
    </div>
  );
}
