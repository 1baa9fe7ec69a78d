import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { fullJitter } from '../stream/backoff.ts';

/** The code of one part of the page, asked for until it comes; `load` imports it. */
export function partOf<P extends object>(name: string, load: () => Promise<ComponentType<P>>) {
  return queryOptions({
    queryKey: ['part', name],
    queryFn: async () => ({ View: await load() }),
    retry: true,
    retryDelay: (attempt) => fullJitter(attempt, Math.random),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** A part of the page that is not in the first script: until its code is there, it says what it waits for. */
export function Part<P extends object>({ of, props }: { of: ReturnType<typeof partOf<P>>; props: NoInfer<P> }) {
  const { text } = useI18n();
  const { data, failureReason } = useQuery(of);
  if (data) return <data.View {...props} />;
  return (
    <p role="status" className="p-6 text-t2">
      {failureReason?.message ?? text.connecting}
    </p>
  );
}
