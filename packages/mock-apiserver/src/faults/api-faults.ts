import type { ServerResponse } from 'node:http';
import type { ReceivedRequest } from '../api/hooks.ts';
import type { Clock } from '../clock.ts';
import { classify, isInScope, type RequestClass, type RequestScope } from './request-class.ts';
import { Wire } from './wire.ts';

/** One request with what answers it, from its arrival until its response has closed. */
export interface Exchange extends RequestClass {
  response: ServerResponse;
  wire: Wire;
}

/** A fault of the API at work. */
export interface ApiFault {
  scope: RequestScope;
  /**
   * Meets a request before it is handled: true when the fault has taken it over, and then answers, breaks off, or lets it go
   * on by calling `proceed` when it sees fit.
   */
  meet(exchange: Exchange, proceed: () => void): boolean;
  /** Befalls what is under way when the fault begins. */
  befall?(exchange: Exchange): void;
}

/**
 * Where requests meet faults, before they are handled and while they are answered. Nothing that happens inside the process
 * passes here: the presenter is never affected.
 */
export class ApiFaults {
  readonly #wall: Clock;
  readonly #faults = new Set<ApiFault>();
  readonly #exchanges = new Set<Exchange>();

  constructor(wall: Clock) {
    this.#wall = wall;
  }

  /** Puts a fault to work; the answered function takes it out again. */
  add(fault: ApiFault): () => void {
    this.#faults.add(fault);
    for (const exchange of [...this.#exchanges]) {
      if (isInScope(exchange, fault.scope)) fault.befall?.(exchange);
    }
    return () => this.#faults.delete(fault);
  }

  /** Breaks off everything that is under way, as a server that ends does. */
  cutAll(): number {
    const open = [...this.#exchanges];
    for (const { response } of open) response.socket?.resetAndDestroy();
    return open.length;
  }

  /** Lets a request through to `handle`, when the faults that are at work let it. */
  pass(request: ReceivedRequest, response: ServerResponse, handle: () => void): void {
    const exchange: Exchange = { ...classify(request), response, wire: new Wire(response, this.#wall) };
    this.#exchanges.add(exchange);
    response.on('close', () => this.#exchanges.delete(exchange));
    this.#meet(exchange, [...this.#faults], handle);
  }

  #meet(exchange: Exchange, faults: readonly ApiFault[], handle: () => void): void {
    const [fault, ...others] = faults;
    if (exchange.response.destroyed || exchange.response.writableEnded) return;
    if (!fault) {
      handle();
      return;
    }
    const proceed = () => this.#meet(exchange, others, handle);
    if (!this.#faults.has(fault) || !isInScope(exchange, fault.scope)) {
      proceed();
      return;
    }
    if (!fault.meet(exchange, proceed)) proceed();
  }
}
