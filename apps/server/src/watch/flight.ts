/** One piece of work that several wait for: it goes on while one of them waits, and ends when the last has left. */
export class Flight<T> {
  #end = new AbortController();
  #result: Promise<T>;
  #askers = 0;
  #failed = false;
  #done = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#end.signal);
    this.#result.then(
      () => {
        this.#done = true;
      },
      () => {
        this.#failed = true;
      },
    );
  }

  /** It brought nothing, or nobody waited for it: the next who asks begins anew. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Waits for the result; who leaves takes it down for nobody else. */
  async join(signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    this.#askers++;
    const left = () => {
      if (--this.#askers > 0 || this.#done) return;
      this.#failed = true;
      this.#end.abort();
    };
    signal.addEventListener('abort', left, { once: true });
    try {
      return await this.#result;
    } finally {
      signal.removeEventListener('abort', left);
    }
  }
}
