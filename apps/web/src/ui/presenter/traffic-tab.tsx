import { type ServiceAddress, serviceAddresses, type Traffic, traffic } from '@portolan/shared';
import { useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { Glyph } from '../../views/glyph.tsx';
import { Button, Failure, Select } from './controls.tsx';
import { TrafficBars } from './traffic-bars.tsx';
import { TrafficTables } from './traffic-tables.tsx';
import { type Resource, useActions, useAway, useResource } from './use-presenter.ts';

const TRAFFIC: Resource<Traffic> = { path: 'traffic', schema: traffic, every: 1_000 };
const SERVICES: Resource<{ addresses: ServiceAddress[] }> = {
  path: 'services',
  schema: serviceAddresses,
  every: 1_000,
};
const RATES = [1, 5, 20, 50, 100, 200];

const keyOf = ({ namespace, service }: { namespace: string; service: string }) => `${namespace}/${service}`;

/** The services that answer, and the built-in client that asks one of them again and again. */
export function TrafficTab({ cluster }: { cluster: string }) {
  const { text, format } = useI18n();
  const services = useResource(cluster, SERVICES);
  const report = useResource(cluster, TRAFFIC);
  const action = useActions(cluster, TRAFFIC);
  const away = useAway();
  const [wanted, setWanted] = useState<{ service?: string; rate?: number }>({});
  const addresses = services.data?.addresses ?? [];
  const sent = report.data;
  const asked = sent?.service && sent.namespace ? `${sent.namespace}/${sent.service}` : undefined;
  const chosen = addresses.find((address) => keyOf(address) === (wanted.service ?? asked)) ?? addresses[0];
  const rate = wanted.rate ?? sent?.perSecond ?? 20;
  const failure = services.error ?? report.error;
  const start = (next: { service?: string; rate?: number }) => {
    const target = addresses.find((address) => keyOf(address) === next.service) ?? chosen;
    if (!target) return;
    const { namespace, service } = target;
    action.mutate({ path: 'traffic', body: { do: 'start', namespace, service, perSecond: next.rate ?? rate } });
  };
  /** While requests are sent, another choice takes effect at once. */
  const choose = (next: { service?: string; rate?: number }) => {
    setWanted({ ...wanted, ...next });
    if (sent?.running) start(next);
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-6">
      <p className="text-13/[18px] text-t2">
        {addresses.length > 0 || !services.data ? text.trafficIntro : text.trafficNone}
      </p>
      {failure && !away && <Failure>{text.presenterFailed(failure.message)}</Failure>}
      {action.error && !away && <Failure>{text.stepFailed(action.error.message)}</Failure>}
      {chosen && (
        <div className="mt-4 flex flex-col gap-2">
          <Select
            label={text.trafficService}
            value={keyOf(chosen)}
            options={[...new Set(addresses.map(keyOf))].map((key) => [key, key])}
            onChange={(service) => choose({ service })}
            testId="traffic-service"
          />
          <Addresses addresses={addresses.filter((address) => keyOf(address) === keyOf(chosen))} />
          <Select
            label={text.trafficRate}
            value={String(rate)}
            options={[...new Set([...RATES, rate])]
              .sort((a, b) => a - b)
              .map((one) => [String(one), text.trafficRateOf(format.number(one))])}
            onChange={(next) => choose({ rate: Number(next) })}
            testId="traffic-rate"
          />
          <div className="flex gap-2">
            {sent?.running ? (
              <Button
                icon="stop"
                disabled={away}
                onClick={() => action.mutate({ path: 'traffic', body: { do: 'stop' } })}
                data-testid="traffic-stop"
              >
                {text.trafficStop}
              </Button>
            ) : (
              <Button icon="play" disabled={away} onClick={() => start({})} data-testid="traffic-start">
                {text.trafficStart}
              </Button>
            )}
            <Button
              disabled={away || !sent || sent.answered + sent.failed === 0}
              onClick={() => action.mutate({ path: 'traffic', body: { do: 'reset' } })}
            >
              {text.trafficReset}
            </Button>
          </div>
        </div>
      )}
      {sent && sent.answered + sent.failed > 0 && (
        <>
          <TrafficBars report={sent} />
          <TrafficTables report={sent} />
        </>
      )}
    </div>
  );
}

/** Where the ports of a service answer, each a link to its page; a port that refuses says why. */
function Addresses({ addresses }: { addresses: readonly ServiceAddress[] }) {
  const { text } = useI18n();
  return (
    <ul className="flex flex-col gap-1 text-12">
      {addresses.map(({ service, port, url, open }) => (
        <li key={port} className="flex min-h-6 items-center gap-2">
          <span className="font-mono text-t2">{port}</span>
          {url === null || !open ? (
            <span className="text-warn-t">{text.trafficRefuses}</span>
          ) : (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              title={text.trafficOpen(service)}
              data-testid="service-link"
              className="inline-flex min-w-0 items-center gap-1.5 truncate font-mono underline decoration-line2 underline-offset-2 hover:decoration-t1"
            >
              {url}
              <Glyph name="out" className="size-3" />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
