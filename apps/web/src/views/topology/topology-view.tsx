import { headline, headlineOf, headlineText } from '@portolan/shared';
import { type ReactNode, useCallback, useMemo, useRef } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { ofNamespace } from '../../store/concern.ts';
import { gapOf } from '../../store/gap.ts';
import { KeptScene } from '../../store/kept-scene.ts';
import { useStore, useSynced, useToldSources } from '../../store/live.tsx';
import { useGraph } from '../../store/use-graph.ts';
import { useKept } from '../../store/use-kept.ts';
import { gapWords } from '../gap-words.ts';
import { ToggleButton } from '../toggle-button.tsx';
import { useSize } from '../use-size.ts';
import { useTruthLook } from '../use-truth-look.ts';
import { Verdict } from '../verdict.tsx';
import { ZoomControls } from '../zoom-controls.tsx';
import { Chart, type ChartView } from './chart.tsx';
import { EmptyState } from './empty-state.tsx';
import { Legend } from './legend.tsx';
import { type SummaryLine, summaryLine } from './summary-line.ts';

export interface TopologyViewProps {
  namespace: string;
  selected: string | null;
  /** What stands below the chart, where its table is asked for. */
  table: ReactNode;
  onSelect(uid: string | null): void;
  onTable(): void;
}

/** What the headline speaks of; it says nothing of kinds that are not known. */
const RESTS_ON = ['Pod', 'Deployment'] as const;

/** The topology of a namespace: what is true in one sentence, the chart, and a table below it. */
export function TopologyView({ namespace, selected, table, onSelect, onTable }: TopologyViewProps) {
  const { text } = useI18n();
  const synced = useSynced();
  const { staleness, outline, fade, old } = useTruthLook();
  const view = useRef<ChartView>(null);
  const [frame, room] = useSize<HTMLDivElement>();
  const said = useHeadline(namespace);
  const line = useSummary(namespace);
  const sentence = synced ? said : text.loadingTitle;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-start gap-6 px-6 pt-4 pb-2">
        <Verdict sentence={sentence} place={`${namespace} · Portolan`} wraps>
          {line && <Summary line={line} />}
        </Verdict>
        <div className="flex flex-none items-center gap-2">
          <Legend />
          <ZoomControls
            onIn={() => view.current?.zoomIn()}
            onOut={() => view.current?.zoomOut()}
            onFit={() => view.current?.fit()}
          />
          <ToggleButton pressed={table !== null} onPress={onTable}>
            {text.table}
          </ToggleButton>
        </div>
      </div>
      <div ref={frame} className={`flex min-h-0 flex-1 flex-col ${outline}`}>
        <div data-stale={old} className={`relative flex min-h-0 flex-1 flex-col ${fade}`}>
          <EmptyState namespace={namespace} current={staleness === null} />
          {synced && room && (
            <Chart ref={view} namespace={namespace} selected={selected} room={room} onSelect={onSelect} />
          )}
        </div>
        {table}
      </div>
    </div>
  );
}

/** The headline of a namespace. */
function useHeadline(namespace: string): string {
  const i18n = useI18n();
  const sources = useToldSources();
  const { snapshot } = useStore();
  const seen = useKept(useCallback(() => new KeptScene(namespace), [namespace]));
  return useMemo(() => {
    const gap = gapOf(sources, RESTS_ON);
    if (gap) return gapWords(gap, i18n);
    const scene = seen.kept?.scene;
    // Until its scene is whole it is gathered at once.
    const said = scene?.namespace === namespace ? headlineOf(scene) : headline(snapshot.graph, { namespace });
    return headlineText(said, i18n.language);
  }, [seen, sources, snapshot.graph, namespace, i18n]);
}

/** What stands in a namespace, counted; null before it is known. */
function useSummary(namespace: string): SummaryLine | null {
  const i18n = useI18n();
  const synced = useSynced();
  const sources = useToldSources();
  const seen = useGraph(useMemo(() => ofNamespace(namespace), [namespace]));
  return useMemo(
    () => (synced ? summaryLine(seen.graph, namespace, gapOf(sources, ['Pod']) === null, i18n) : null),
    [synced, sources, seen, namespace, i18n],
  );
}

/** Where it is tight the kinds are cut short, never the pods. */
function Summary({ line: { kinds, pods } }: { line: SummaryLine }) {
  return (
    <p className="flex min-w-0 whitespace-pre text-t2">
      {kinds !== '' && <span className="truncate">{kinds}</span>}
      <span className="flex-none">{kinds === '' ? pods : ` · ${pods}`}</span>
    </p>
  );
}
