import { useEffect, useMemo, useState } from 'react';
import { createI18n, I18nProvider, useI18n } from '../i18n/i18n.tsx';
import { chooseLanguage, type Language } from '../i18n/language.ts';
import { type Live, LiveProvider } from '../store/live.tsx';
import { onWake } from '../stream/wake.ts';
import { useClusters } from './clusters.ts';
import { Part } from './part.tsx';
import { WALL } from './parts.ts';
import { useRoute } from './route.ts';
import { Shell } from './shell.tsx';
import { recall, remember } from './theme.ts';

const LANGUAGE_KEY = 'portolan.language';

function firstLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get('lang');
  return chooseLanguage([asked, recall(LANGUAGE_KEY), ...navigator.languages]);
}

/** Opens the live graph of a cluster by name. */
export type OpenLive = (cluster: string) => Live;

/** The page: its language, and one cluster's live graph for whichever lens the address asks for. */
export function App({ openLive }: { openLive: OpenLive }) {
  const [language, setLanguage] = useState(firstLanguage);
  const i18n = useMemo(() => createI18n(language), [language]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const switchLanguage = () => {
    const next = language === 'en' ? 'zh-CN' : 'en';
    remember(LANGUAGE_KEY, next);
    setLanguage(next);
  };
  return (
    <I18nProvider value={i18n}>
      <Page openLive={openLive} onLanguage={switchLanguage} />
    </I18nProvider>
  );
}

function Page({ openLive, onLanguage }: { openLive: OpenLive; onLanguage(): void }) {
  const { text } = useI18n();
  const [route, go] = useRoute();
  const clusters = useClusters();
  const cluster = clusters.data?.find(({ name }) => name === route.cluster) ?? clusters.data?.[0];
  const live = useLiveOf(cluster?.name ?? null, openLive);
  if (!cluster || !live) {
    return (
      <main className="p-6" role="status">
        <h1 className="text-20">{text.waitingTitle}</h1>
        <p className="mt-2 text-t2">{clusters.failureReason?.message ?? text.connecting}</p>
      </main>
    );
  }
  return (
    <LiveProvider value={live}>
      {route.lens === 'wall' ? (
        <Part of={WALL} props={{ cluster: cluster.name }} />
      ) : (
        <Shell cluster={cluster} route={route} onRoute={go} onLanguage={onLanguage} />
      )}
    </LiveProvider>
  );
}

/** The live graph of a cluster, opened when its name is known and closed when another one is asked for. */
function useLiveOf(cluster: string | null, openLive: OpenLive): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  useEffect(() => {
    if (cluster === null) return;
    const opened = openLive(cluster);
    opened.stream.start();
    setLive(opened);
    const stopWaking = onWake(() => opened.stream.wake());
    return () => {
      stopWaking();
      opened.stream.close();
    };
  }, [cluster, openLive]);
  return live;
}
