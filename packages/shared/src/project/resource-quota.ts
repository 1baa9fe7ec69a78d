import type { ResourceQuota } from '../api/quotas.ts';
import type { ResourceQuotaEntity } from '../entity/policy.ts';
import { compareQuantities } from '../quantity.ts';
import { projectCommon } from './common.ts';

/** A ResourceQuota, with the limits that are asked for until its controller has counted; more used than allowed, as after a quota is lowered, is a warning. */
export function projectResourceQuota(quota: ResourceQuota): ResourceQuotaEntity {
  const { spec, status } = quota;
  const resources = Object.entries(status?.hard ?? spec?.hard ?? {})
    .map(([name, hard]) => ({ name, hard, used: status?.used?.[name] ?? null }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    kind: 'ResourceQuota',
    ...projectCommon('ResourceQuota', quota),
    health: resources.some(({ used, hard }) => used !== null && compareQuantities(used, hard) > 0) ? 'warning' : 'ok',
    resources,
    scopes: spec?.scopes ?? [],
  };
}
