import { createHash } from 'node:crypto';
import type { Container, Pod, Volume } from '@portolan/shared';
import type { Store } from '../../store/store.ts';
import { admissionForbidden } from './forbidden.ts';

/** The admission plugin ServiceAccount (`plugin/pkg/admission/serviceaccount`). */

const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const VOLUME = 'kube-api-access-';
/** An hour, and seven seconds by which the kubelet knows a token it must renew. */
const TOKEN_SECONDS = 3607;
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Five letters that pods of one controller share, so that what they have in common is kept once. */
function suffixFor({ metadata }: Pod): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
  const digest = createHash('sha256')
    .update(owner ?? `${metadata.namespace}/${metadata.name}`)
    .digest();
  return [...digest.subarray(0, 5)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

const tokenVolume = (name: string): Volume => ({
  name,
  projected: {
    sources: [
      { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
    defaultMode: 0o644,
  },
});

function mountToken(pod: Pod): void {
  const { spec } = pod;
  const existing = spec.volumes?.find(({ name }) => name.startsWith(VOLUME));
  const name = existing?.name ?? `${VOLUME}${suffixFor(pod)}`;
  const isMounted = ({ volumeMounts }: Container) => volumeMounts?.some(({ mountPath }) => mountPath === MOUNT_PATH);
  const without = [...(spec.initContainers ?? []), ...spec.containers].filter((container) => !isMounted(container));
  for (const container of without) {
    container.volumeMounts = [...(container.volumeMounts ?? []), { name, mountPath: MOUNT_PATH, readOnly: true }];
  }
  if (!existing && without.length > 0) spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
}

/**
 * Gives a new pod its account, and its containers that account's token. A namespace's own account need not be there yet:
 * its controller makes it a moment after the namespace.
 */
export function admitServiceAccount(pod: Pod, store: Store): void {
  const { spec, metadata } = pod;
  const { namespace = '' } = metadata;
  spec.serviceAccountName ||= 'default';
  spec.serviceAccount ||= spec.serviceAccountName;
  const name = spec.serviceAccountName;
  const account = store.get('serviceaccounts', { namespace, name });
  if (!account && name !== 'default') {
    const why = `error looking up service account ${namespace}/${name}: serviceaccount ${JSON.stringify(name)} not found`;
    throw admissionForbidden({ group: '', plural: 'pods', kind: 'Pod' }, pod, [why]);
  }
  const automount = spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true;
  if (automount) mountToken(pod);
  if (!spec.imagePullSecrets?.length && account?.imagePullSecrets?.length) {
    spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...secret }));
  }
}
