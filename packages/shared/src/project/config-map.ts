import type { KubeObject } from '../api/meta.ts';
import type { ConfigMapEntity } from '../entity/storage.ts';
import { projectCommon } from './common.ts';

/** A ConfigMap, whether its metadata came alone or the whole object did: what it holds is never read. */
export function projectConfigMap(configMap: KubeObject): ConfigMapEntity {
  return { kind: 'ConfigMap', ...projectCommon('ConfigMap', configMap), health: 'ok' };
}
