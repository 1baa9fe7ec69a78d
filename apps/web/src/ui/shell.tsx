import type { Entity } from '@portolan/shared';
import { useMemo, useState } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { useLivePart, useStore, useSynced } from '../store/live.tsx';
import { parseOnly } from '../views/only.ts';
import { TopologyView } from '../views/topology/topology-view.tsx';
import { useKeys } from '../views/use-keys.ts';
import type { ClusterInfo } from './clusters.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { NamespacePanel } from './namespace-panel.tsx';
import { Part } from './part.tsx';
import { DRAWER, FLEET, PRESENTER, TABLE, usePartsAhead } from './parts.ts';
import { Rail } from './rail.tsx';
import { FIRST_TABLE, type Route } from './route.ts';
import { useTheme } from './theme.ts';
import { TopBar } from './top-bar.tsx';

export interface ShellProps {
  cluster: ClusterInfo;
  route: Route;
  onRoute(part: Partial<Route>): void;
  onLanguage(): void;
}

const ASIDE = 'w-90 flex-none border-line border-l bg-s1';
/** Where the details lie over the picture, which keeps its size: on a narrow page, and over the fleet. */
const NARROW = 'max-[1100px]:absolute max-[1100px]:inset-y-0 max-[1100px]:right-0 max-[1100px]:shadow-float';
const FLOATING = 'absolute inset-y-0 right-0 z-20 shadow-float';

/** The frame around every lens that one works with: rail, top bar, the lens, and the column of details. */
export function Shell({ cluster, route, onRoute, onLanguage }: ShellProps) {
  const { text } = useI18n();
  const [theme, toggleTheme] = useTheme();
  const [keys, setKeys] = useState(false);
  const [presenter, setPresenter] = useState(true);
  const [selection, setSelection] = useState<Entity | null>(null);
  const store = useStore();
  const synced = useSynced();
  usePartsAhead(synced);
  const current = useLivePart(({ graph }) => (selection && graph.get(selection.uid)) ?? null);
  const entity = current ?? selection;
  const select = (uid: string | null) => setSelection(uid === null ? null : (store.snapshot.graph.get(uid) ?? null));
  const showKeys = () => setKeys(true);
  const clear = () => select(null);
  useKeys([
    ['t', toggleTheme],
    ['?', showKeys],
    ['Escape', clear],
  ]);
  if (current && current !== selection) setSelection(current);
  const { lens } = route;
  const fleet = lens === 'fleet';
  // The fleet is of all namespaces unless one is asked for.
  const namespace = fleet ? route.namespace : (route.namespace ?? cluster.namespace);
  const only = useMemo(() => (fleet ? parseOnly(route.only) : null), [fleet, route.only]);
  const table = route.table && (
    <Part
      key={route.table}
      of={TABLE}
      props={{
        kind: route.table,
        namespace,
        filter: only?.kind === route.table ? only.matches : null,
        sort: route.sort,
        selected: entity?.uid ?? null,
        onKind: (kind) => onRoute({ table: kind, sort: null }),
        onSort: (sort) => onRoute({ sort }),
        onSelect: select,
      }}
    />
  );
  const details = entity && (
    <Part
      key={entity.uid}
      of={DRAWER}
      props={{ cluster: cluster.name, entity, gone: current === null, onSelect: select, onClose: clear }}
    />
  );
  const onTable = () => onRoute({ table: route.table ? null : FIRST_TABLE, sort: null });
  return (
    <div className="grid h-full grid-cols-[72px_minmax(0,1fr)] grid-rows-[56px_minmax(0,1fr)]">
      <a
        href="#chart"
        className="-translate-y-16 absolute top-2 left-20 z-50 rounded-tile bg-sel px-4 py-2 text-sel-ink focus:translate-y-0"
      >
        {text.skip}
      </a>
      <Rail
        lens={route.lens}
        theme={theme}
        onLens={(lens) => onRoute({ lens })}
        onLanguage={onLanguage}
        onTheme={toggleTheme}
        onKeys={showKeys}
      />
      <TopBar
        cluster={cluster.name}
        version={cluster.version}
        namespace={namespace}
        all={fleet}
        onNamespace={(next) => {
          select(null);
          onRoute({ namespace: next });
        }}
      />
      <div className="relative flex min-h-0 min-w-0">
        <main id="chart" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {fleet || namespace === null ? (
            <Part
              of={FLEET}
              props={{
                namespace,
                route,
                selected: entity?.uid ?? null,
                table,
                details: details && (
                  <aside aria-label={text.details} className={`${ASIDE} ${FLOATING}`}>
                    {details}
                  </aside>
                ),
                onRoute,
                onSelect: select,
                onTable,
              }}
            />
          ) : (
            <TopologyView
              namespace={namespace}
              selected={entity?.uid ?? null}
              table={table}
              onSelect={select}
              onTable={onTable}
            />
          )}
        </main>
        {!fleet && namespace !== null && (
          <aside aria-label={text.details} className={`${ASIDE} ${NARROW}`}>
            {details ??
              (cluster.embedded && presenter ? (
                <Part of={PRESENTER} props={{ cluster: cluster.name, onHide: () => setPresenter(false) }} />
              ) : (
                <NamespacePanel
                  namespace={namespace}
                  onPresenter={cluster.embedded ? () => setPresenter(true) : null}
                />
              ))}
          </aside>
        )}
      </div>
      {keys && <KeysDialog onClose={() => setKeys(false)} />}
    </div>
  );
}
