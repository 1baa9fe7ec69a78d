import { type ScenarioStep, scenario } from '@portolan/shared';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '../i18n/i18n.tsx';
import { useConnection } from '../store/live.tsx';
import { Glyph } from '../views/glyph.tsx';
import { fetchJson } from './problem.ts';

/** How often the steps are read again, in milliseconds: kubectl may have done one of them. */
const REFRESH = 2_000;

/** The presenter's panel of an embedded cluster: its scenario's steps in order, each a button that really does it. */
export function Presenter({ cluster, onHide }: { cluster: string; onHide(): void }) {
  const { text, language } = useI18n();
  const path = `/api/v1/clusters/${encodeURIComponent(cluster)}/scenario`;
  const client = useQueryClient();
  const steps = useQuery({
    queryKey: ['scenario', cluster],
    queryFn: async () => scenario.parse(await fetchJson(path)),
    refetchInterval: REFRESH,
  });
  const step = useMutation({
    mutationFn: async (id: string) => {
      const init = { method: 'POST', headers: { 'x-portolan-action': '1' } };
      return scenario.parse(await fetchJson(`${path}/steps/${encodeURIComponent(id)}`, init));
    },
    onSuccess: (after) => client.setQueryData(['scenario', cluster], after),
  });
  // Away from the server nothing can be asked of it, and the banner says so already.
  const away = useConnection().connection.state !== 'live';
  const told = steps.data?.steps.find(({ id }) => id === step.variables);
  return (
    <section aria-labelledby="presenter" className="flex h-full flex-col overflow-y-auto p-6" data-testid="presenter">
      <div className="flex items-center">
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
      <p aria-live="polite" className="mt-2 text-13/[18px] text-t2">
        {told?.says[language] ?? text.presenterIntro}
      </p>
      {steps.error && !away && <Failure>{text.stepsFailed(steps.error.message)}</Failure>}
      {step.error && !away && <Failure>{text.stepFailed(step.error.message)}</Failure>}
      <ol className="mt-4 flex flex-col gap-2">
        {steps.data?.steps.map((one, index) => (
          <Step
            key={one.id}
            step={one}
            number={index + 1}
            busy={step.isPending && step.variables === one.id}
            away={away}
            onRun={() => step.mutate(one.id)}
          />
        ))}
      </ol>
    </section>
  );
}

function Failure({ children }: { children: string }) {
  return (
    <p role="alert" className="mt-3 rounded-card bg-fail-bg p-3 text-fail-t">
      {children}
    </p>
  );
}

interface StepProps {
  step: ScenarioStep;
  number: number;
  busy: boolean;
  /** The server can't be reached. */
  away: boolean;
  onRun(): void;
}

function Step({ step, number, busy, away, onRun }: StepProps) {
  const { text, language } = useI18n();
  const done = step.state === 'done';
  return (
    <li>
      <button
        type="button"
        disabled={!step.enabled || busy || away}
        onClick={onRun}
        data-testid={`step-${step.id}`}
        className="flex min-h-10 w-full items-center gap-3 rounded-tile border border-line bg-s2 px-3 py-2 text-left hover:border-line2 disabled:bg-transparent disabled:text-t3 disabled:hover:border-line"
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
