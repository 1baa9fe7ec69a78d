import * as z from 'zod/mini';

/**
 * How an entity fares, worst last but for `unknown`: `ok` rests as its spec asks; `progressing` is on its way there and
 * nothing is wrong; `warning` is degraded; `failing` will not mend by waiting; `unknown` cannot be told.
 */
export const health = z.enum(['ok', 'progressing', 'warning', 'failing', 'unknown']);
export type Health = z.infer<typeof health>;

/** The controller of an object, from its controlling owner reference. */
export const ownerRef = z.object({ kind: z.string(), uid: z.string(), name: z.string() });
export type OwnerRef = z.infer<typeof ownerRef>;

export const labelMap = z.record(z.string(), z.string());

/** A condition as it travels: `since` in epoch milliseconds; heartbeat times are left out, so that a heartbeat is no change. */
export const conditionSummary = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.nullable(z.string()),
  message: z.nullable(z.string()),
  since: z.nullable(z.number()),
});
export type ConditionSummary = z.infer<typeof conditionSummary>;

/** `metav1.LabelSelector`, normalised: both parts always present. */
export const labelSelector = z.object({
  matchLabels: labelMap,
  matchExpressions: z.array(
    z.object({
      key: z.string(),
      operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
      values: z.array(z.string()),
    }),
  ),
});
export type LabelSelectorSummary = z.infer<typeof labelSelector>;

/**
 * What every entity carries. `namespace` is `""` for cluster-scoped kinds; `version` is the resource version, opaque;
 * `created` is epoch milliseconds. Every field is always present (null when there is nothing), so that a snapshot can
 * be written by column.
 */
export const common = {
  uid: z.string(),
  version: z.string(),
  namespace: z.string(),
  name: z.string(),
  created: z.number(),
  labels: labelMap,
  owner: z.nullable(ownerRef),
  health,
};
