import type { ClusterClient, Json } from './cluster-client.ts';

/**
 * A text in which `$VERSION(policy)` is replaced by the version of that group that the cluster prefers, and
 * `$VERSION(cronjobs.batch)` by the first in which it serves the resource: `policy/v1`.
 */
export async function inServedVersions(text: string, cluster: ClusterClient): Promise<string> {
  let replaced = text;
  for (const [whole, resource, group = ''] of text.matchAll(/\$VERSION\((?:(\w+)\.)?(\w+)\)/g)) {
    const versions: readonly Json[] = (await cluster.get(`/apis/${group}`))?.versions ?? [];
    for (const { groupVersion } of versions) {
      const resources: readonly Json[] = (await cluster.get(`/apis/${groupVersion}`))?.resources ?? [];
      if (resource !== undefined && !resources.some(({ name }) => name === resource)) continue;
      replaced = replaced.replace(whole, String(groupVersion));
      break;
    }
  }
  return replaced;
}
