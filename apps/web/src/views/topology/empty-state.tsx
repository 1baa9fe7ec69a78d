import type { ReactNode } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { gapOf } from '../../store/gap.ts';
import { useConnection, useLive } from '../../store/live.tsx';
import { gapWords } from '../gap-words.ts';

/** What is true when there is nothing to draw: in words, in the place of the chart. `current`: the picture is the truth. */
export function EmptyState({ namespace, current }: { namespace: string; current: boolean }) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const { graph, synced, sources } = useLive();
  const { connection } = useConnection();
  if (!synced) {
    if (connection.state !== 'syncing') return <Card title={text.waitingTitle}>{text.connecting}</Card>;
    const { received, expected } = connection;
    return (
      <Card title={text.loadingTitle}>
        {expected > 0 ? text.received(format.number(received), format.number(expected)) : ' '}
        <Slots share={expected === 0 ? 0 : received / expected} />
      </Card>
    );
  }
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
      <Card title={gapWords(pending, i18n)}>
        {pending.problem === null ? text.connecting : text.problem(pending.problem)}
      </Card>
    );
  }
  const live = current && connection.state === 'live';
  const known = graph.find('Namespace', '', namespace) !== undefined;
  if (!known && [...graph.all('Namespace')].length > 0) {
    return <Card title={text.noSuchNamespace(namespace)}>{text.pickNamespace}</Card>;
  }
  const empty = (['Pod', 'Service', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const).every(
    (kind) => [...graph.inNamespace(kind, namespace)].length === 0,
  );
  if (!empty) return null;
  return <Card title={text.nothingIn(namespace)}>{live ? text.watchIsLive : text.watchIsNotLive}</Card>;
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="absolute top-4 left-6 z-10 w-96 rounded-card border border-line bg-s2 p-4" data-testid="empty">
      <h2 className="text-15">{title}</h2>
      <div className="mt-2 text-t2">{children}</div>
    </div>
  );
}

/** Empty slots that fill as the snapshot arrives: how much of it is there, without a spinner. */
function Slots({ share }: { share: number }) {
  const slots = Array.from({ length: 9 }, (_, slot) => ({ slot, full: slot < Math.round(share * 9) }));
  return (
    <div className="mt-4 flex gap-2" aria-hidden="true">
      {slots.map(({ slot, full }) => (
        <span key={slot} className={`size-6 rounded-chip ${full ? 'bg-s3' : 'border border-line2'}`} />
      ))}
    </div>
  );
}
