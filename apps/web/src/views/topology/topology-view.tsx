import { headline, headlineText } from '@portolan/shared';
import { useEffect } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { useConnection, useLive, useNow } from '../../store/live.tsx';
import { Chart } from './chart.tsx';
import { EmptyState } from './empty-state.tsx';
import { Legend } from './legend.tsx';
import { PodTable } from './pod-table.tsx';
import { summaryLine } from './summary-line.ts';

export interface TopologyViewProps {
  namespace: string;
  selected: string | null;
  table: boolean;
  onSelect(uid: string | null): void;
  onTable(): void;
}

/** How long the picture may be behind before it loses its colours, in milliseconds. */
const FADE = 15_000;

/** The topology of a namespace: what is true in one sentence, the chart, and its pods as a table. */
export function TopologyView({ namespace, selected, table, onSelect, onTable }: TopologyViewProps) {
  const i18n = useI18n();
  const { text, language } = i18n;
  const { graph, synced } = useLive();
  const { behindSince } = useConnection();
  const now = useNow(1_000);
  const sentence = synced ? headlineText(headline(graph, { namespace }), language) : text.loadingTitle;
  useEffect(() => {
    document.title = `${sentence} · ${namespace} · Portolan`;
  }, [sentence, namespace]);
  const old = behindSince !== null && now - behindSince > FADE;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-start gap-6 px-6 pt-4 pb-2">
        <div className="min-w-0 flex-1">
          <h1 aria-live="polite" className="text-20 tracking-[-.1px]">
            {sentence}
          </h1>
          <p className="mt-2 truncate text-t2">{synced ? summaryLine(graph, namespace, i18n) : ' '}</p>
        </div>
        <Legend table={table} onTable={onTable} />
      </div>
      <div className={`relative flex min-h-0 flex-1 flex-col ${old ? 'desaturated' : ''}`}>
        <EmptyState namespace={namespace} />
        {synced && <Chart namespace={namespace} selected={selected} onSelect={onSelect} />}
      </div>
      {table && <PodTable namespace={namespace} selected={selected} onSelect={onSelect} />}
    </div>
  );
}
