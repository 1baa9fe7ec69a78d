import { useMemo } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { either, ofKind, ofNamespace } from '../../store/concern.ts';
import { gapOf } from '../../store/gap.ts';
import { useConnection, useSynced, useToldSources } from '../../store/live.tsx';
import { useGraph } from '../../store/use-graph.ts';
import { gapWords } from '../gap-words.ts';
import { NoticeCard, Slots } from '../notice-card.tsx';
import { ReceivingNotice } from '../receiving-notice.tsx';

const NAMESPACES = ofKind('Namespace');
const DRAWN = ['Pod', 'Service', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const;

/** What is true when there is nothing to draw: in words, in the place of the chart. `current`: the picture is the truth. */
export function EmptyState({ namespace, current }: { namespace: string; current: boolean }) {
  const i18n = useI18n();
  const { text } = i18n;
  const synced = useSynced();
  const sources = useToldSources();
  const { graph } = useGraph(useMemo(() => either(ofNamespace(namespace), NAMESPACES), [namespace]));
  const { connection } = useConnection();
  if (!synced) return <ReceivingNotice>{(share) => <Slots share={share} />}</ReceivingNotice>;
  const hidden = sources.filter(({ state }) => state === 'forbidden').map(({ kind }) => kind);
  if (hidden.length > 0) {
    const kinds = hidden.join(', ');
    return (
      <p className="mx-6 mb-2 rounded-card border border-line border-dashed px-4 py-2.5 text-t2">
        {text.forbidden(kinds)}
      </p>
    );
  }
  const pending = gapOf(sources, ['Namespace', 'Pod', 'Deployment']);
  if (pending?.state === 'pending') {
    return (
      <NoticeCard title={gapWords(pending, i18n)}>
        {pending.problem === null ? text.connecting : text.problem(pending.problem)}
      </NoticeCard>
    );
  }
  const live = current && connection.state === 'live';
  const known = graph.find('Namespace', '', namespace) !== undefined;
  if (!known && graph.count('Namespace') > 0) {
    return <NoticeCard title={text.noSuchNamespace(namespace)}>{text.pickNamespace}</NoticeCard>;
  }
  if (DRAWN.some((kind) => graph.count(kind, namespace) > 0)) return null;
  return <NoticeCard title={text.nothingIn(namespace)}>{live ? text.watchIsLive : text.watchIsNotLive}</NoticeCard>;
}
