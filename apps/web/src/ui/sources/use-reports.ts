import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../problem.ts';

/** What the server reports of one kind beyond its source; fields as they are named in the API. */
export type Report = Readonly<Record<string, unknown>>;

const EVERY = 5_000;

/** The reports of a cluster by kind, asked for every 5 s while somebody looks. */
export function useReports(cluster: string, looking: boolean) {
  return useQuery({
    queryKey: ['reports', cluster],
    queryFn: async () => readReports(await fetchJson('/api/v1/clusters'), cluster),
    enabled: looking,
    refetchInterval: EVERY,
    retry: false,
  });
}

/** Reads the server's list of clusters; what is no report is left out. */
export function readReports(body: unknown, cluster: string): Map<string, Report> {
  const { clusters } = (isRecord(body) ? body : {}) as { clusters?: unknown };
  const found = (Array.isArray(clusters) ? clusters : []).find((one) => isRecord(one) && one.name === cluster);
  const sources = isRecord(found) && Array.isArray(found.sources) ? found.sources : [];
  return new Map(
    sources.flatMap((one: unknown) =>
      isRecord(one) && typeof one.kind === 'string' ? [[one.kind, one] as const] : [],
    ),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The columns that may be shown, in their order. */
const FIELDS = [
  'generation',
  'version',
  'syncs',
  'resumes',
  'failures',
  'backoffMs',
  'syncMs',
  'lagMs',
  'events',
  'audits',
  'auditMismatches',
  'regressions',
  'malformed',
  'quarantined',
] as const;

/** The fields that the server reports of any kind. */
export function reportedFields(reports: ReadonlyMap<string, Report>): string[] {
  return FIELDS.filter((field) => [...reports.values()].some((report) => field in report));
}

/** A field's value: a number, a name, or counts by reason as `expired 2, timeout 1`; null when there is none. */
export function reportedValue(value: unknown, number: (value: number) => string): string | null {
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return null;
  const counts = Object.entries(value).flatMap(([reason, count]) =>
    typeof count === 'number' && count > 0 ? [`${reason} ${number(count)}`] : [],
  );
  return counts.length === 0 ? null : counts.join(', ');
}
