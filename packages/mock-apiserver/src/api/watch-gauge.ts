/** What `apiserver_longrunning_requests` counts: the watches that are open now, by group, version and resource. */
export class WatchGauge {
  readonly #open = new Map<string, { labels: [group: string, version: string, resource: string]; count: number }>();

  /** Counts one watch until the answered function is called. */
  opened(group: string, version: string, resource: string): () => void {
    const key = `${group}/${version}/${resource}`;
    const entry = this.#open.get(key) ?? { labels: [group, version, resource], count: 0 };
    entry.count += 1;
    this.#open.set(key, entry);
    let open = true;
    return () => {
      if (open) entry.count -= 1;
      open = false;
    };
  }

  /** Prometheus' text format, with the names that the apiserver uses. */
  metrics(): string {
    const name = 'apiserver_longrunning_requests';
    const lines = [
      `# HELP ${name} [STABLE] Gauge of all active long-running apiserver requests broken out by verb, group, version, resource, scope and component. Not all requests are tracked this way.`,
      `# TYPE ${name} gauge`,
    ];
    for (const { labels, count } of this.#open.values()) {
      const [group, version, resource] = labels;
      const text = `component="apiserver",group="${group}",resource="${resource}",scope="cluster",subresource="",verb="WATCH",version="${version}"`;
      lines.push(`${name}{${text}} ${count}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
