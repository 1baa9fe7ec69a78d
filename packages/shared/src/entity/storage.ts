import * as z from 'zod/mini';
import { common, conditionSummary } from './common.ts';

/** PersistentVolume; `status` as kubectl prints it. `claim` is what it is bound or promised to. */
export const volumeEntity = z.object({
  kind: z.literal('PersistentVolume'),
  ...common,
  status: z.string(),
  capacity: z.nullable(z.string()),
  accessModes: z.array(z.string()),
  reclaim: z.string(),
  claim: z.nullable(z.object({ namespace: z.string(), name: z.string(), uid: z.nullable(z.string()) })),
  storageClass: z.nullable(z.string()),
  attributesClass: z.nullable(z.string()),
  volumeMode: z.nullable(z.string()),
  reason: z.nullable(z.string()),
});
export type PersistentVolumeEntity = z.infer<typeof volumeEntity>;

/** PersistentVolumeClaim; `status` as kubectl prints it. `storageClass` is null where it names none, `""` where it wants none. */
export const claimEntity = z.object({
  kind: z.literal('PersistentVolumeClaim'),
  ...common,
  status: z.string(),
  volume: z.nullable(z.string()),
  requested: z.nullable(z.string()),
  capacity: z.nullable(z.string()),
  accessModes: z.array(z.string()),
  storageClass: z.nullable(z.string()),
  attributesClass: z.nullable(z.string()),
  volumeMode: z.nullable(z.string()),
  conditions: z.array(conditionSummary),
});
export type PersistentVolumeClaimEntity = z.infer<typeof claimEntity>;

/** StorageClass; `isDefault` when claims that name no class get it. */
export const storageClassEntity = z.object({
  kind: z.literal('StorageClass'),
  ...common,
  provisioner: z.string(),
  reclaim: z.string(),
  binding: z.string(),
  expandable: z.boolean(),
  isDefault: z.boolean(),
});
export type StorageClassEntity = z.infer<typeof storageClassEntity>;

/** ConfigMap: that it is there, and nothing of what it holds. */
export const configMapEntity = z.object({ kind: z.literal('ConfigMap'), ...common });
export type ConfigMapEntity = z.infer<typeof configMapEntity>;
