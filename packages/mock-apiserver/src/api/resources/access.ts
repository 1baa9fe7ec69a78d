import type { CertificateSigningRequest } from '@portolan/shared';
import { certificateSigningRequestColumns, roleBindingColumns } from '../columns/access.ts';
import { createdAtColumns } from '../columns/column.ts';
import type { ApiResource } from '../resource.ts';
import { row } from './row.ts';

/** certificates.k8s.io/v1. */
export const certificatesResources: readonly ApiResource[] = [
  row('certificates.k8s.io', ['v1'], {
    kind: 'CertificateSigningRequest',
    plural: 'certificatesigningrequests',
    shortNames: ['csr'],
    namespaced: false,
    subresources: ['approval', 'status'],
    columns: certificateSigningRequestColumns,
    fields: { 'spec.signerName': (object) => (object as CertificateSigningRequest).spec.signerName },
  }),
];

const RBAC = 'rbac.authorization.k8s.io';

/** rbac.authorization.k8s.io/v1. */
export const rbacResources: readonly ApiResource[] = [
  row(RBAC, ['v1'], {
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
    columns: roleBindingColumns,
  }),
  row(RBAC, ['v1'], { kind: 'ClusterRole', plural: 'clusterroles', namespaced: false, columns: createdAtColumns }),
  row(RBAC, ['v1'], { kind: 'RoleBinding', plural: 'rolebindings', columns: roleBindingColumns }),
  row(RBAC, ['v1'], { kind: 'Role', plural: 'roles', columns: createdAtColumns }),
];
