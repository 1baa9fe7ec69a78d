import { type ActiveFault, type FaultKind, type Faults, faults } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Language } from '../../i18n/language.ts';
import { Glyph } from '../../views/glyph.tsx';
import { Button, Failure, IconButton } from './controls.tsx';
import { FaultForm } from './fault-form.tsx';
import { type Resource, useActions, useAway, useResource } from './use-presenter.ts';

const FAULTS: Resource<Faults> = { path: 'faults', schema: faults, every: 1_000 };

/** The faults in force, and the table of those that can be begun. */
export function FaultsTab({ cluster }: { cluster: string }) {
  const { text } = useI18n();
  const { data, error } = useResource(cluster, FAULTS);
  const action = useActions(cluster, FAULTS);
  const away = useAway();
  const kindOf = ({ kind }: ActiveFault) => data?.catalogue.find(({ id }) => id === kind);
  const end = (handle: string) => action.mutate({ path: `faults/${encodeURIComponent(handle)}`, method: 'DELETE' });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6">
      <p className="text-13/[18px] text-t2">{text.faultsIntro}</p>
      {error && !away && <Failure>{text.presenterFailed(error.message)}</Failure>}
      {action.error && !away && <Failure>{text.faultFailed(action.error.message)}</Failure>}
      {data && (
        <>
          <div className="mt-4 flex min-h-8 items-center">
            <h3 className="text-13">{text.faultsActive}</h3>
            {data.active.length > 1 && (
              <div className="ml-auto">
                <Button disabled={away} onClick={() => end('all')}>
                  {text.faultEndAll}
                </Button>
              </div>
            )}
          </div>
          <div aria-live="polite">
            {data.active.length === 0 && <p className="text-t2">{text.faultsNone}</p>}
            <ul className="flex flex-col gap-2">
              {data.active.map((fault) => (
                <Active
                  key={fault.handle}
                  fault={fault}
                  kind={kindOf(fault)}
                  disabled={away}
                  onEnd={() => end(fault.handle)}
                />
              ))}
            </ul>
          </div>
          {(['cluster', 'api'] as const).map((affects) => (
            <Kinds
              key={affects}
              title={text.faultsOf[affects]}
              kinds={data.catalogue.filter((kind) => kind.affects === affects)}
              disabled={away || action.isPending}
              onBegin={(kind, params) => action.mutate({ path: 'faults', body: { kind, params } })}
            />
          ))}
        </>
      )}
    </div>
  );
}

interface ActiveProps {
  fault: ActiveFault;
  kind: FaultKind | undefined;
  disabled: boolean;
  onEnd(): void;
}

/** What a fault was told, in words: what was chosen, and the numbers that are not as they would be by themselves. */
function chosen({ params }: ActiveFault, kind: FaultKind | undefined, language: Language): string[] {
  return (kind?.params ?? []).flatMap((param) => {
    const value = params[param.id] ?? param.default;
    if (typeof value === 'number') return value === param.default ? [] : [`${param.title[language]}: ${value}`];
    const told = typeof value === 'string' ? value : value.join(', ');
    return told === '' ? [] : [told];
  });
}

function Active({ fault, kind, disabled, onEnd }: ActiveProps) {
  const { text, format, language } = useI18n();
  const { until, met } = fault;
  const title = kind?.title[language] ?? fault.kind;
  const facts = [
    ...chosen(fault, kind, language),
    ...(met > 0 && kind?.affects === 'api' ? [text.faultMet(met, format.number(met))] : []),
    ...(until === null ? [] : [text.faultUntil(format.time(until))]),
  ];
  return (
    <li className="flex items-center gap-3 rounded-card bg-warn-bg py-2 pr-2 pl-3" data-testid="active-fault">
      <Glyph name="warn" className="size-4 text-warn" />
      <div className="min-w-0 flex-1">
        <p className="text-warn-t">{title}</p>
        <p className="break-words text-12 text-t2">{facts.join(' · ')}</p>
      </div>
      <IconButton icon="close" name={text.faultEnd(title)} disabled={disabled} onClick={onEnd} />
    </li>
  );
}

interface KindsProps {
  title: string;
  kinds: readonly FaultKind[];
  disabled: boolean;
  onBegin(kind: string, params: ActiveFault['params']): void;
}

function Kinds({ title, kinds, disabled, onBegin }: KindsProps) {
  const { language } = useI18n();
  if (kinds.length === 0) return null;
  return (
    <section aria-label={title} className="mt-5">
      <h3 className="mb-2 text-13">{title}</h3>
      <ul className="flex flex-col gap-1">
        {kinds.map((kind) => (
          <li key={kind.id}>
            <details className="group rounded-tile border border-line bg-s2" data-testid={`fault-${kind.id}`}>
              <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 px-3 py-1.5 hover:bg-s3 group-open:border-line group-open:border-b">
                <span className="flex-1">{kind.title[language]}</span>
                <Glyph name="chev" className="size-3 text-t2 group-open:rotate-180" />
              </summary>
              <FaultForm kind={kind} disabled={disabled} onBegin={(params) => onBegin(kind.id, params)} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
