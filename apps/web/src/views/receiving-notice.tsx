import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { useConnection } from '../store/live.tsx';
import { NoticeCard } from './notice-card.tsx';

/** What is true before there is a picture: that the server is waited for, or how much of about how much has come. */
export function ReceivingNotice({ children }: { children(share: number): ReactNode }) {
  const { text, format } = useI18n();
  const { connection } = useConnection();
  if (connection.state !== 'syncing') return <NoticeCard title={text.waitingTitle}>{text.connecting}</NoticeCard>;
  const { received, expected } = connection;
  return (
    <NoticeCard title={text.loadingTitle}>
      {expected > 0 ? text.received(format.number(received), format.number(expected)) : ' '}
      {children(expected === 0 ? 0 : received / expected)}
    </NoticeCard>
  );
}
