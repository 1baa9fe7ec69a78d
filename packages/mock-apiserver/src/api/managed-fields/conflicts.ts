import { ApiError } from '../../api-error.ts';
import { type FieldSet, has, type Path, pathsOf, printPath } from './field-set.ts';
import type { Managed, Manager } from './managers.ts';

/** A field that is applied with another value than its manager gave it. */
export interface Conflict {
  manager: Manager;
  path: Path;
}

/** Fields of others that an apply would change. */
export class ApplyConflicts extends Error {
  readonly reason = 'apply-conflicts';
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(messageOf(conflicts));
    this.name = 'ApplyConflicts';
    this.conflicts = conflicts;
  }

  /** The conflicts about fields that are not in `allowed`. */
  except(allowed: FieldSet): Conflict[] {
    return this.conflicts.filter(({ path }) => !has(allowed, path));
  }

  /** As the apiserver answers (`managedfields/internal/conflict.go`). */
  toApiError(): ApiError {
    const causes = this.conflicts.map(({ manager, path }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${printManager(manager)}`,
      field: printPath(path),
    }));
    return new ApiError('Conflict', this.message, { causes });
  }
}

/** The conflicts in the sets of some managers, manager by manager. */
export function conflictsIn(sets: readonly Managed[]): Conflict[] {
  const sorted = sets.map((set) => ({ ...set, printed: printManager(set.manager) }));
  sorted.sort((a, b) => (a.printed < b.printed ? -1 : 1));
  return sorted.flatMap(({ manager, fields }) => [...pathsOf(fields)].map((path) => ({ manager, path })));
}

function printManager({ name, operation, apiVersion, subresource }: Manager): string {
  const through = subresource ? ` with subresource ${JSON.stringify(subresource)}` : '';
  return `${JSON.stringify(name)}${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

function messageOf(conflicts: readonly Conflict[]): string {
  const [only] = conflicts;
  if (only && conflicts.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${printManager(only.manager)}: ${printPath(only.path)}`;
  }
  const byManager = Map.groupBy(conflicts, ({ manager }) => printManager(manager));
  const lines = [...byManager].flatMap(([manager, theirs]) => [
    `conflicts with ${manager}:`,
    ...theirs.map(({ path }) => `- ${printPath(path)}`),
  ]);
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`;
}
