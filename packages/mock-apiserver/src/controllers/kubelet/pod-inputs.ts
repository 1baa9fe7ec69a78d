import type { Container, Pod, Volume } from '@portolan/shared';
import type { Store } from '../../store/store.ts';

/** A ConfigMap or Secret that something is read from. */
interface Source {
  kind: 'configmap' | 'secret';
  name: string;
  key?: string | undefined;
  optional?: boolean | undefined;
}

/** What is wrong with a source, in the kubelet's words; nothing where it is there or need not be. */
function problemOf(
  store: Store,
  namespace: string | undefined,
  { kind, name, key, optional }: Source,
): string | undefined {
  // Every namespace has its root certificate, written down or not.
  if (optional || name === 'kube-root-ca.crt') return undefined;
  const found =
    kind === 'secret' ? store.get('secrets', { namespace, name }) : store.get('configmaps', { namespace, name });
  if (!found) return `${kind} "${name}" not found`;
  if (key === undefined || key in { ...found.data, ...('binaryData' in found ? found.binaryData : {}) })
    return undefined;
  const label = kind === 'secret' ? 'Secret' : 'ConfigMap';
  return `couldn't find key ${key} in ${label} ${namespace}/${name}`;
}

function envSources({ env = [], envFrom = [] }: Container): Source[] {
  const whole = envFrom.flatMap(({ configMapRef, secretRef }): Source[] => [
    ...(configMapRef
      ? [{ kind: 'configmap' as const, name: configMapRef.name ?? '', optional: configMapRef.optional }]
      : []),
    ...(secretRef ? [{ kind: 'secret' as const, name: secretRef.name ?? '', optional: secretRef.optional }] : []),
  ]);
  const keys = env.flatMap(({ valueFrom }): Source[] => {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    return [
      ...(configMapKeyRef
        ? [{ kind: 'configmap' as const, ...configMapKeyRef, name: configMapKeyRef.name ?? '' }]
        : []),
      ...(secretKeyRef ? [{ kind: 'secret' as const, ...secretKeyRef, name: secretKeyRef.name ?? '' }] : []),
    ];
  });
  return [...whole, ...keys];
}

/** What a container's environment is read from and is not there: the message of CreateContainerConfigError. */
export function missingEnv(store: Store, pod: Pod, container: Container): string | undefined {
  for (const source of envSources(container)) {
    const problem = problemOf(store, pod.metadata.namespace, source);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** A part of a projected volume. */
type ProjectedSource = Record<'configMap' | 'secret', { name?: string; optional?: boolean } | undefined>;

function volumeSources({ configMap, secret, projected }: Volume): Source[] {
  const source = (kind: Source['kind'], name = '', optional?: boolean): Source => ({ kind, name, optional });
  return [
    ...(configMap ? [source('configmap', configMap.name, configMap.optional)] : []),
    ...(secret ? [source('secret', secret.secretName, secret.optional)] : []),
    ...((projected?.sources ?? []) as ProjectedSource[]).flatMap((part) => [
      ...(part.configMap ? [source('configmap', part.configMap.name, part.configMap.optional)] : []),
      ...(part.secret ? [source('secret', part.secret.name, part.secret.optional)] : []),
    ]),
  ];
}

/** The volumes that cannot be mounted, with why: the messages of FailedMount. */
export function missingVolumes(store: Store, pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    for (const source of volumeSources(volume)) {
      const problem = problemOf(store, pod.metadata.namespace, source);
      // The space before the colon is the kubelet's own.
      if (problem !== undefined) return [`MountVolume.SetUp failed for volume "${volume.name}" : ${problem}`];
    }
    return [];
  });
}
