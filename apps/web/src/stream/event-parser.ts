/** The name under which a comment is told: no field of the protocol can be called so. */
export const COMMENT = ':';

/** One server-sent event: its name, its data, and the last id that the stream has borne. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string;
}

/**
 * Reads `text/event-stream` as it comes, cut anywhere (WHATWG HTML, "Interpreting an event stream"). `push` answers the
 * events that a piece of text completes; `retry` is passed over. An event whose end never comes is none. A comment, which
 * an EventSource keeps from its page, is told as an event called `:` without data: it is how a server says that it lives.
 */
export class EventParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id = '';

  push(text: string): ServerEvent[] {
    const events: ServerEvent[] = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') this.#dispatch(events);
      else if (line.startsWith(':')) events.push({ event: COMMENT, data: '', id: this.#id });
      else this.#field(line);
    }
    return events;
  }

  #dispatch(events: ServerEvent[]): void {
    if (this.#data.length > 0) {
      events.push({ event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id });
    }
    this.#event = '';
    this.#data = [];
  }

  #field(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (name === 'event') this.#event = value;
    else if (name === 'data') this.#data.push(value);
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
  }
}
