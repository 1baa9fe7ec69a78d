import type { ClusterPort } from './cluster-port.ts';

interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

const counterName = (prefix: string, key: string) =>
  `portolan_${prefix}_${key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}`;

/** Every number of a served cluster, in Prometheus' text format 0.0.4. Labels are clusters, kinds and states: bounded. */
export function metrics(clusters: readonly ClusterPort[], memory: NodeJS.MemoryUsage): string {
  const samples: Sample[] = [
    { name: 'process_resident_memory_bytes', labels: {}, value: memory.rss },
    { name: 'nodejs_heap_used_bytes', labels: {}, value: memory.heapUsed },
    ...clusters.flatMap(samplesOf),
  ];
  const byName = Map.groupBy(samples, (sample) => sample.name);
  return [...byName].map(([name, group]) => `# TYPE ${name} ${typeOf(name)}\n${group.map(line).join('\n')}\n`).join('');
}

function samplesOf(cluster: ClusterPort): Sample[] {
  const at = { cluster: cluster.name };
  const samples: Sample[] = [
    { name: 'portolan_cluster_ready', labels: at, value: Number(cluster.ready) },
    { name: 'portolan_log_seq', labels: at, value: cluster.seq },
  ];
  for (const { kind, state, objects, heard } of cluster.sources()) {
    const labels = { ...at, kind };
    samples.push({ name: 'portolan_source_state', labels: { ...labels, state }, value: 1 });
    samples.push({ name: 'portolan_source_objects', labels, value: objects });
    if (heard !== null) samples.push({ name: 'portolan_source_heard_seconds', labels, value: heard / 1000 });
  }
  const { kinds, stream } = cluster.metrics();
  for (const { kind, counters } of kinds) {
    for (const [key, value] of Object.entries(counters)) {
      samples.push({ name: `${counterName('source', key)}_total`, labels: { ...at, kind }, value });
    }
  }
  for (const [key, value] of Object.entries(stream)) {
    const name = counterName('stream', key);
    samples.push({ name: key === 'clients' ? name : `${name}_total`, labels: at, value });
  }
  return samples;
}

function typeOf(name: string): string {
  return name.endsWith('_total') ? 'counter' : 'gauge';
}

function line({ name, labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${text.replace(/[\\"\n]/g, escaped)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`;
}

function escaped(character: string): string {
  return character === '\n' ? '\\n' : `\\${character}`;
}
