import { type MessageName, messages } from '@portolan/shared';

/** What a transport tells its owner. After `failed` nothing more comes. */
export interface TransportHandlers {
  message(event: MessageName, data: string): void;
  failed(): void;
}

/** One way to open a stream of server-sent events; answers the way to close it. */
export type Transport = (url: string, handlers: TransportHandlers) => () => void;

/**
 * A transport over the browser's EventSource. EventSource gives up for good on an HTTP error and retries on its own
 * otherwise, without saying when: at its first error it is closed here, and the connection decides.
 */
export const eventSourceTransport: Transport = (url, handlers) => {
  const source = new EventSource(url);
  for (const name of Object.keys(messages) as MessageName[]) {
    source.addEventListener(name, (event: MessageEvent<string>) => handlers.message(name, event.data));
  }
  source.addEventListener('error', () => {
    source.close();
    handlers.failed();
  });
  return () => source.close();
};
