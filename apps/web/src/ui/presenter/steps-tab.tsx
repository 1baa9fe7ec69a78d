import { type Scenario, type ScenarioStep, scenario } from '@portolan/shared';
import { useEffect, useRef } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph } from '../../views/glyph.tsx';
import { Failure } from './controls.tsx';
import { Told } from './told.tsx';
import { TourBar } from './tour-bar.tsx';
import { type Resource, useActions, useAway, useResource } from './use-presenter.ts';

const SCENARIO: Resource<Scenario> = { path: 'scenario', schema: scenario, every: 1_000 };

/** A scenario's steps in order, each a button that really does it, and the tour that presses them by itself. */
export function StepsTab({ cluster }: { cluster: string }) {
  const { text, language } = useI18n();
  const { data, error } = useResource(cluster, SCENARIO);
  const action = useActions(cluster, SCENARIO);
  const away = useAway();
  const told = data?.steps.find(({ id }) => id === data.last);
  const running = action.isPending ? action.variables.path : undefined;
  return (
    <>
      <div className="flex-none px-6">
        <h3 className="text-13">{data?.title[language]}</h3>
        <p className="mt-1 text-13/[18px] text-t2">{data ? data.about[language] : text.presenterIntro}</p>
        {data && (
          <TourBar
            tour={data.tour}
            disabled={away || action.isPending}
            onCommand={(body) => action.mutate({ path: 'scenario/tour', body })}
          />
        )}
        {error && !away && <Failure>{text.presenterFailed(error.message)}</Failure>}
        {action.error && !away && <Failure>{text.stepFailed(action.error.message)}</Failure>}
      </div>
      <ol className="mt-4 flex min-h-32 flex-1 flex-col gap-2 overflow-y-auto px-6 pb-4">
        {data?.steps.map((step, index) => (
          <Step
            key={step.id}
            step={step}
            number={index + 1}
            current={step.id === data.last}
            busy={running === `scenario/steps/${encodeURIComponent(step.id)}`}
            away={away}
            onRun={() => action.mutate({ path: `scenario/steps/${encodeURIComponent(step.id)}` })}
          />
        ))}
      </ol>
      {/* It has its room from the beginning: no button moves away under a hand that presses the next one. */}
      <Told says={told ? told.says[language] : text.presenterIntro} checks={data?.checks ?? []} />
    </>
  );
}

interface StepProps {
  step: ScenarioStep;
  number: number;
  /** The step done last. */
  current: boolean;
  busy: boolean;
  /** The server can't be reached. */
  away: boolean;
  onRun(): void;
}

function Step({ step, number, current, busy, away, onRun }: StepProps) {
  const { text, language } = useI18n();
  const done = step.state === 'done';
  const place = useRef<HTMLLIElement>(null);
  // The tour goes on below what is seen of a long list.
  useEffect(() => {
    if (current) place.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <li ref={place}>
      <button
        type="button"
        disabled={!step.enabled || busy || away}
        aria-current={current ? 'step' : undefined}
        onClick={onRun}
        data-testid={`step-${step.id}`}
        className="flex min-h-10 w-full items-center gap-3 rounded-tile border border-line bg-s2 px-3 py-2 text-left hover:border-line2 disabled:bg-transparent disabled:text-t3 disabled:hover:border-line aria-[current=step]:border-sel"
      >
        <span className="grid size-5 flex-none place-items-center text-t3">
          {done ? <Glyph name="ok" className="size-4 text-ready" label={text.stepDone} /> : number}
        </span>
        <span className="flex-1">{step.title[language]}</span>
        {busy && <span className="text-12 text-start-t">{text.stepRunning}</span>}
      </button>
    </li>
  );
}
