import type {
  ControllerRevision,
  PersistentVolumeClaim,
  PersistentVolumeClaimTemplate,
  Pod,
  StatefulSet,
  Volume,
} from '@portolan/shared';
import type { NewObject } from '../../store/store.ts';
import type { PodIdentity } from '../create.ts';
import { REVISION_LABEL, templateOf } from '../set-history.ts';

/** What makes a StatefulSet's pod itself: its number, its host name and its claims (`pkg/controller/statefulset/stateful_set_utils.go`). */

export function ordinalOf({ metadata }: Pod): number {
  return Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));
}

export function revisionOf({ metadata }: Pod): string | undefined {
  return metadata.labels?.[REVISION_LABEL];
}

const claimName = (template: PersistentVolumeClaimTemplate, set: StatefulSet, ordinal: number) =>
  `${template.metadata?.name}-${set.metadata.name}-${ordinal}`;

/** The claims of one pod, as they are made where they do not stand yet; they carry the set's selector as labels. */
export function claimsOf(set: StatefulSet, ordinal: number): NewObject<PersistentVolumeClaim>[] {
  const { namespace } = set.metadata;
  return (set.spec.volumeClaimTemplates ?? []).map((template) => ({
    metadata: {
      ...structuredClone(template.metadata),
      name: claimName(template, set, ordinal),
      ...(namespace && { namespace }),
      labels: { ...template.metadata?.labels, ...set.spec.selector?.matchLabels },
    },
    spec: structuredClone(template.spec),
  }));
}

/** The template's volumes with those of the set's claims in place of any of the same name. */
function volumesOf(set: StatefulSet, own: readonly Volume[], ordinal: number): Volume[] {
  const claimed = (set.spec.volumeClaimTemplates ?? []).map((template) => ({
    name: template.metadata?.name ?? '',
    persistentVolumeClaim: { claimName: claimName(template, set, ordinal) },
  }));
  return [...claimed, ...own.filter(({ name }) => !claimed.some((volume) => volume.name === name))];
}

/** How the pod of a number differs from the template of its revision. */
export function identityOf(set: StatefulSet, ordinal: number, revision: ControllerRevision): PodIdentity {
  const name = `${set.metadata.name}-${ordinal}`;
  const volumes = volumesOf(set, templateOf(revision).spec.volumes ?? [], ordinal);
  return {
    name,
    labels: {
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
      [REVISION_LABEL]: revision.metadata.name,
    },
    spec: {
      hostname: name,
      ...(set.spec.serviceName && { subdomain: set.spec.serviceName }),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}
