/** Who asks, as `authentication.k8s.io/v1` UserInfo says it. */
export interface UserInfo {
  username: string;
  groups: string[];
  uid?: string;
  extra?: Record<string, string[]>;
}

/** Whoever holds the cluster's kubeconfig. */
export const ADMINISTRATOR: UserInfo = {
  username: 'kubernetes-admin',
  groups: ['system:masters', 'system:authenticated'],
};

const SERVICE_ACCOUNT = 'system:serviceaccount:';

/** A service account's name as a user. */
export function serviceAccountName(namespace: string, name: string): string {
  return `${SERVICE_ACCOUNT}${namespace}:${name}`;
}

/** The groups that a user is in by its name: those of service accounts, and of all who are somebody. */
export function impliedGroups(username: string): string[] {
  if (username === 'system:anonymous') return ['system:unauthenticated'];
  if (!username.startsWith(SERVICE_ACCOUNT)) return ['system:authenticated'];
  const namespace = username.slice(SERVICE_ACCOUNT.length).split(':')[0];
  return ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
}
