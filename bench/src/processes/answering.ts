/** In a program that is probed: answers what its parent asks of it. */
export function answering(answer: (what: unknown) => unknown): void {
  // Sockets that are paused keep no program alive; its parent does.
  process.channel?.ref();
  process.on('message', (message: { id: number; ask?: unknown }) => {
    if (!('ask' in message)) return;
    void Promise.resolve(answer(message.ask)).then((said) => process.send?.({ id: message.id, answer: said }));
  });
}
