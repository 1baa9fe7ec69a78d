import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph } from '../../views/glyph.tsx';
import { FaultsTab } from './faults-tab.tsx';
import { StepsTab } from './steps-tab.tsx';
import { TrafficTab } from './traffic-tab.tsx';

type TabName = 'steps' | 'traffic' | 'faults';

/** The presenter's panel of an embedded cluster: the scenario's steps and tour, the traffic to its services, its faults. */
export function Presenter({ cluster, onHide }: { cluster: string; onHide(): void }) {
  const { text } = useI18n();
  const [shown, setShown] = useState<TabName>('steps');
  const tabs: readonly { name: TabName; title: string; content: ReactNode }[] = [
    { name: 'steps', title: text.presenterSteps, content: <StepsTab cluster={cluster} /> },
    { name: 'traffic', title: text.traffic, content: <TrafficTab cluster={cluster} /> },
    { name: 'faults', title: text.faults, content: <FaultsTab cluster={cluster} /> },
  ];
  return (
    <section aria-labelledby="presenter" className="flex h-full flex-col" data-testid="presenter">
      <div className="flex items-center px-6 pt-6">
        <h2 id="presenter" className="text-15">
          {text.presenter}
        </h2>
        <button
          type="button"
          onClick={onHide}
          aria-label={text.presenterHide}
          title={text.presenterHide}
          className="-mr-2 ml-auto grid size-8 place-items-center rounded-tile text-t2 hover:bg-s3"
        >
          <Glyph name="close" />
        </button>
      </div>
      <Tabs tabs={tabs} shown={shown} onShow={setShown} />
      <div
        role="tabpanel"
        id="presenter-part"
        aria-labelledby={`presenter-${shown}`}
        className="flex min-h-0 flex-1 flex-col pt-4"
      >
        {tabs.find(({ name }) => name === shown)?.content}
      </div>
    </section>
  );
}

interface TabsProps {
  tabs: readonly { name: TabName; title: string }[];
  shown: TabName;
  onShow(name: TabName): void;
}

/** Tabs as the ARIA authoring practices have them: one stop of the tab key, arrows between them. */
function Tabs({ tabs, shown, onShow }: TabsProps) {
  const { text } = useI18n();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (tabs.findIndex(({ name }) => name === shown) + by + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    onShow(tab.name);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={text.presenterParts}
      className="mx-6 mt-3 grid flex-none grid-cols-3 rounded-tile border border-line bg-s2 p-0.5"
    >
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`presenter-${name}`}
          aria-controls="presenter-part"
          aria-selected={name === shown}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => onShow(name)}
          onKeyDown={move}
          data-testid={`presenter-${name}`}
          className="h-7 rounded-chip text-t2 hover:text-t1 aria-selected:bg-s4 aria-selected:font-semibold aria-selected:text-t1"
        >
          {title}
        </button>
      ))}
    </div>
  );
}
