import type { Job } from '../api/workloads.ts';

/** STATUS of a job as kubectl prints it since 1.31 (`printJob` in printers.go; 1.20 has no such column). */
export function printJobStatus(job: Job): string {
  const holds = (type: string) => job.status?.conditions?.find((c) => c.type === type)?.status === 'True';
  if (holds('Complete')) return 'Complete';
  if (holds('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (holds('Suspended')) return 'Suspended';
  return holds('FailureTarget') ? 'FailureTarget' : 'Running';
}

/** COMPLETIONS of a job as kubectl prints them: `2/5`, or `1/1 of 3` when only one of several need succeed. */
export function printJobCompletions(job: Job): string {
  const { completions, parallelism } = job.spec;
  return completionsText(job.status?.succeeded ?? 0, completions ?? null, parallelism ?? 0);
}

/** The same from its numbers; `completions` is null where any one of its pods is enough. */
export function completionsText(succeeded: number, completions: number | null, parallelism: number): string {
  if (completions !== null) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}
