import { groupVersion, type ServedResource, type Subresource } from './resource.ts';

/** What each subresource answers with, and what may be done with it. */
export const SUBRESOURCES: Record<Subresource, { kind?: string; group?: string; version?: string; verbs: string[] }> = {
  status: { verbs: ['get', 'patch', 'update'] },
  scale: { kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] },
  eviction: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  log: { verbs: ['get'] },
  binding: { kind: 'Binding', verbs: ['create'] },
  finalize: { verbs: ['update'] },
  token: { kind: 'TokenRequest', group: 'authentication.k8s.io', version: 'v1', verbs: ['create'] },
  approval: { verbs: ['get', 'patch', 'update'] },
  ephemeralcontainers: { verbs: ['get', 'patch', 'update'] },
  resize: { verbs: ['get', 'patch', 'update'] },
};

/** An alias answers by its full name only, so that nothing short of it finds the old group. */
const namesOf = ({ alias, resource }: ServedResource) => ({
  ...(!alias && resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
  ...(!alias && resource.categories.length > 0 && { categories: resource.categories }),
});

/** The groups of what is served with their versions, in order; the core group is `''`. */
export function servedGroups(all: readonly ServedResource[]): { group: string; versions: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { group, version } of all) {
    const versions = groups.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    groups.set(group, versions);
  }
  return [...groups].map(([group, versions]) => ({ group, versions }));
}

/** `GET /apis/{group}`. */
export function apiGroup(group: string, versions: string[]): Record<string, unknown> {
  const entries = versions.map((version) => ({ groupVersion: groupVersion(group, version), version }));
  return { name: group, versions: entries, preferredVersion: entries[0] };
}

/** `GET /apis`, the plain form. */
export function apiGroupList(all: readonly ServedResource[]): Record<string, unknown> {
  const groups = servedGroups(all).filter(({ group }) => group !== '');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groups.map(({ group, versions }) => apiGroup(group, versions)),
  };
}

/** `GET /api`, the plain form. */
export function apiVersions(address: string): Record<string, unknown> {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  };
}

/** `GET /api/v1` or `GET /apis/{group}/{version}`: undefined when that is not served. */
export function apiResourceList(
  all: readonly ServedResource[],
  group: string,
  version: string,
): Record<string, unknown> | undefined {
  const served = all.filter((entry) => entry.group === group && entry.version === version);
  if (served.length === 0) return undefined;
  const resources = served.flatMap((entry) => {
    const { resource } = entry;
    return [
      {
        name: resource.plural,
        singularName: resource.singular,
        namespaced: resource.namespaced,
        kind: resource.kind,
        verbs: resource.verbs,
        ...namesOf(entry),
      },
      ...resource.subresources.map((subresource) => {
        const { kind = resource.kind, verbs, ...where } = SUBRESOURCES[subresource];
        const name = `${resource.plural}/${subresource}`;
        return { name, singularName: '', namespaced: resource.namespaced, ...where, kind, verbs };
      }),
    ];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: groupVersion(group, version), resources };
}

/** The aggregated form of `/api` (core only) or `/apis` (all but core), in the version asked (KEP-3352). */
export function aggregatedDiscovery(
  all: readonly ServedResource[],
  version: 'v2' | 'v2beta1',
  core: boolean,
): Record<string, unknown> {
  const groups = servedGroups(all).filter(({ group }) => (group === '') === core);
  const items = groups.map(({ group, versions }) => ({
    metadata: { ...(group && { name: group }), creationTimestamp: null },
    versions: versions.map((served) => ({
      version: served,
      resources: aggregated(all, group, served),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function aggregated(all: readonly ServedResource[], group: string, version: string): Record<string, unknown>[] {
  const served = all.filter((entry) => entry.group === group && entry.version === version);
  return served.map((entry) => {
    const { resource } = entry;
    const subresources = resource.subresources.map((subresource) => {
      const facts = SUBRESOURCES[subresource];
      const kind = {
        group: facts.group ?? group,
        version: facts.version ?? version,
        kind: facts.kind ?? resource.kind,
      };
      return { subresource, responseKind: kind, verbs: facts.verbs };
    });
    return {
      resource: resource.plural,
      responseKind: { group, version, kind: resource.kind },
      scope: resource.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: resource.singular,
      verbs: resource.verbs,
      ...namesOf(entry),
      ...(subresources.length > 0 && { subresources }),
    };
  });
}
