import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles.css';
import { pageFrame } from './store/frame.ts';
import type { Live } from './store/live.tsx';
import { LiveStore } from './store/live-store.ts';
import { LiveStream } from './stream/live-stream.ts';
import { pagePace } from './stream/pace.ts';
import { pageClock } from './stream/ports.ts';
import { connectWorker } from './stream/shared/connect-worker.ts';
import { sharedTransport } from './stream/shared/shared-transport.ts';
import { fetchTransport, probeServer } from './stream/transport.ts';
import { App } from './ui/app.tsx';

const transport = sharedTransport({ connect: connectWorker, own: fetchTransport, clock: pageClock });

function openLive(cluster: string): Live {
  const store = new LiveStore({ frame: pageFrame, now: pageClock.now });
  const stream = new LiveStream({
    url: `/api/v1/clusters/${encodeURIComponent(cluster)}/stream`,
    transport,
    clock: pageClock,
    random: Math.random,
    sink: store,
    probe: probeServer,
    pace: pagePace(),
  });
  return { store, stream };
}

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { networkMode: 'always' } } })}>
      <App openLive={openLive} />
    </QueryClientProvider>
  </StrictMode>,
);
