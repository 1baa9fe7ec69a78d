/** The lines of a response body as they arrive, without their ends. */
export async function* linesOf(response: Response): AsyncGenerator<string> {
  if (!response.ok || !response.body) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  let rest = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

/** The messages of a `text/event-stream` body as they arrive. */
export async function* messagesOf(response: Response): AsyncGenerator<{ event: string; data: unknown }> {
  let event = 'message';
  let data = '';
  for await (const line of linesOf(response)) {
    if (line === '') {
      if (data) yield { event, data: JSON.parse(data) };
      event = 'message';
      data = '';
    } else if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data += line.slice(5).trim();
  }
}
