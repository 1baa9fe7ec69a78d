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
