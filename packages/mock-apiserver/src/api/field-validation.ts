import { badRequest, invalid } from '../api-error.ts';
import type { ResourceRequest } from './request.ts';

/** What is done about fields that a kind does not have or that stand twice (KEP-2885). */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

const OPTIONS: Record<string, string> = { POST: 'CreateOptions', PUT: 'UpdateOptions', PATCH: 'PatchOptions' };

/** The directive of a request; Warn where it has none. Throws Invalid for one that there is not. */
export function fieldValidation({ query, method }: ResourceRequest): FieldValidation {
  const asked = query.get('fieldValidation') || 'Warn';
  if (asked === 'Ignore' || asked === 'Warn' || asked === 'Strict') return asked;
  const kind = OPTIONS[method] ?? 'CreateOptions';
  const message = `Unsupported value: ${JSON.stringify(asked)}: supported values: "", "Ignore", "Strict", "Warn"`;
  throw invalid({ group: 'meta.k8s.io', plural: kind.toLowerCase(), kind }, '', [
    { reason: 'FieldValueNotSupported', message, field: 'fieldValidation' },
  ]);
}

/** The most complaints that are told (sigs.k8s.io/json). */
const MOST = 100;

/** What a body is complained of: by whom it is refused, or what its sender is warned of. */
export interface Complaints {
  refuse(problem: string): never;
  warn(warning: string): void;
}

/** Tells the complaints about a body as the directive says; `found` is asked only where they matter. */
export function complain(directive: FieldValidation, found: () => string[], { refuse, warn }: Complaints): void {
  if (directive === 'Ignore') return;
  const problems = found().slice(0, MOST);
  if (problems.length === 0) return;
  if (directive === 'Strict') refuse(`strict decoding error: ${problems.join(', ')}`);
  for (const problem of problems) warn(problem);
}

/** What cannot be decoded into the kind that the path of a request asks for. */
export function unhandled({ served }: ResourceRequest, problem: string): never {
  const { kind } = served.resource;
  throw badRequest(`${kind} in version "${served.version}" cannot be handled as a ${kind}: ${problem}`);
}

/** What a patch would leave that cannot be decoded; `patch` stands as the apiserver prints it. */
export function unpatchable(patch: string, problem: string): never {
  throw invalid({ group: '', plural: '', kind: '' }, '', [
    { reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(patch)}: ${problem}`, field: 'patch' },
  ]);
}
