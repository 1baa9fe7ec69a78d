import type { ClusterMetrics, ClusterPort, SourceReport } from './cluster-port.ts';
import { type Family, family, type Sample, write } from './prometheus.ts';

type Labels = Readonly<Record<string, string>>;

const seconds = (ms: number | null) => (ms === null ? null : ms / 1000);

/** A number of each source; null is left out, a record has one sample for each of its reasons. */
const SOURCE_FAMILIES: readonly {
  name: string;
  help: string;
  value: (report: SourceReport) => number | null | Readonly<Record<string, number>>;
}[] = [
  { name: 'objects', help: 'Objects held.', value: (one) => one.objects },
  { name: 'generation', help: 'Starts and stops.', value: (one) => one.generation },
  { name: 'heard_timestamp_seconds', help: 'When the last byte came.', value: (one) => seconds(one.heard) },
  {
    name: 'current_timestamp_seconds',
    help: 'When what is held was last known to be the whole truth.',
    value: (one) => seconds(one.current),
  },
  { name: 'bookmark_timestamp_seconds', help: 'When the last bookmark came.', value: (one) => seconds(one.bookmarkAt) },
  { name: 'event_timestamp_seconds', help: 'When the last event came.', value: (one) => seconds(one.eventAt) },
  {
    name: 'stream_start_timestamp_seconds',
    help: 'When the open watch was opened.',
    value: (one) => seconds(one.streamSince),
  },
  { name: 'backoff_seconds', help: 'The wait under way.', value: (one) => seconds(one.backoffMs) },
  { name: 'sync_duration_seconds', help: 'How long the last whole read took.', value: (one) => seconds(one.syncMs) },
  {
    name: 'event_lag_seconds',
    help: 'From taking a chunk off the network to the commit of its last event.',
    value: (one) => seconds(one.lagMs),
  },
  { name: 'syncs_total', help: 'Whole reads, by what led to them.', value: (one) => one.syncs },
  { name: 'resumes_total', help: 'Watches resumed, by what ended the one before.', value: (one) => one.resumes },
  { name: 'failures_total', help: 'Failures.', value: (one) => one.failures },
  { name: 'malformed_total', help: 'Answers that were not what was asked for.', value: (one) => one.malformed },
  { name: 'quarantined_total', help: 'Objects that could not be projected.', value: (one) => one.quarantined },
  { name: 'audits_total', help: 'Audits that came to a verdict.', value: (one) => one.audits },
  { name: 'audit_mismatches_total', help: 'Audits that found a difference.', value: (one) => one.auditMismatches },
  { name: 'regressions_total', help: 'Versions that went backwards.', value: (one) => one.regressions },
  { name: 'events_total', help: 'Events taken.', value: (one) => one.events },
];

/** Every number of the served clusters and of the process. Labels are clusters, kinds, states and reasons: bounded. */
export function metrics(clusters: readonly ClusterPort[], process: readonly Family[]): string {
  return write([...process, ...clusterFamilies(clusters)]);
}

function clusterFamilies(clusters: readonly ClusterPort[]): Family[] {
  const standing = clusters.map((cluster) => ({ cluster, at: { cluster: cluster.name } }));
  const sources = standing.flatMap(({ cluster, at }) =>
    cluster.reports().map((report) => ({ report, labels: { ...at, kind: report.kind } })),
  );
  const numbers = standing.map(({ cluster, at }) => ({ at, of: cluster.metrics() }));
  return [
    family(
      'portolan_cluster_ready',
      'Whether each required kind has been read once.',
      standing.map(({ cluster, at }) => ({ labels: at, value: Number(cluster.ready) })),
    ),
    family(
      'portolan_log_seq',
      'The number of the last change.',
      standing.map(({ cluster, at }) => ({ labels: at, value: cluster.seq })),
    ),
    family(
      'portolan_source_state',
      'The state that each source is in.',
      sources.map(({ report, labels }) => ({ labels: { ...labels, state: report.state }, value: 1 })),
    ),
    ...SOURCE_FAMILIES.map(({ name, help, value }) =>
      family(
        `portolan_source_${name}`,
        help,
        sources.flatMap(({ report, labels }) => samplesOf(value(report), labels)),
      ),
    ),
    ...named('portolan_log', '', 'Of the log', numbers, ({ log }) => log),
    ...named('portolan_stream', '', 'Of the streams', numbers, ({ stream }) => stream),
    ...named('portolan_stream', '_total', 'Of the streams', numbers, ({ streamTotals }) => streamTotals),
    family(
      'portolan_stream_viewers',
      'Viewers by what they are at.',
      numbers.flatMap(({ at, of }) =>
        Object.entries(of.viewers).map(([state, value]) => ({ labels: { ...at, state: snake(state) }, value })),
      ),
    ),
  ];
}

/** A family for each name that the clusters' records have. */
function named(
  prefix: string,
  suffix: string,
  help: string,
  numbers: readonly { at: Labels; of: ClusterMetrics }[],
  record: (of: ClusterMetrics) => Readonly<Record<string, number>>,
): Family[] {
  const rows = numbers.flatMap(({ at, of }) =>
    Object.entries(record(of)).map(([key, value]) => ({ name: snake(key), sample: { labels: at, value } })),
  );
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, group]) =>
    family(
      `${prefix}_${name}${suffix}`,
      `${help}: ${name.replaceAll('_', ' ')}.`,
      group.map(({ sample }) => sample),
    ),
  );
}

function samplesOf(value: number | null | Readonly<Record<string, number>>, labels: Labels): Sample[] {
  if (value === null) return [];
  if (typeof value === 'number') return [{ labels, value }];
  return Object.entries(value).map(([reason, count]) => ({ labels: { ...labels, reason }, value: count }));
}

function snake(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
