import type { KubeObject } from '@portolan/shared';
import { ApiError, type ResourceName } from '../../api-error.ts';

/** What an admission plugin refuses, in the words of apiserver `admission/errors.go`; several reasons stand in brackets. */
export function admissionForbidden(resource: ResourceName, object: KubeObject, reasons: readonly string[]): ApiError {
  const { group, plural } = resource;
  const name = object.metadata.name || object.metadata.generateName || 'Unknown';
  const qualified = group ? `${plural}.${group}` : plural;
  const why = reasons.length === 1 ? reasons[0] : `[${reasons.join(', ')}]`;
  const details = { name, ...(group && { group }), kind: plural };
  return new ApiError('Forbidden', `${qualified} ${JSON.stringify(name)} is forbidden: ${why}`, details);
}
