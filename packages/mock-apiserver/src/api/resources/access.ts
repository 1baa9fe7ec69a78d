import type { CertificateSigningRequest } from '@portolan/shared';
import { certificateSigningRequestColumns, roleBindingColumns } from '../columns/access.ts';
import { createdAtColumns } from '../columns/column.ts';
import { prepareRoleBinding, prepareSigningRequest } from '../defaults/kinds.ts';
import type { ApiResource } from '../resource.ts';
import { pathSegment } from '../validation/names.ts';
import { validateRole, validateRoleBinding } from '../validation/policy.ts';
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
    prepare: prepareSigningRequest,
    needsSpec: true,
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
    nameRule: pathSegment,
    columns: roleBindingColumns,
    prepare: prepareRoleBinding,
    validate: validateRoleBinding,
  }),
  row(RBAC, ['v1'], {
    kind: 'ClusterRole',
    plural: 'clusterroles',
    namespaced: false,
    nameRule: pathSegment,
    columns: createdAtColumns,
    validate: validateRole,
  }),
  row(RBAC, ['v1'], {
    kind: 'RoleBinding',
    plural: 'rolebindings',
    nameRule: pathSegment,
    columns: roleBindingColumns,
    prepare: prepareRoleBinding,
    validate: validateRoleBinding,
  }),
  row(RBAC, ['v1'], {
    kind: 'Role',
    plural: 'roles',
    nameRule: pathSegment,
    columns: createdAtColumns,
    validate: validateRole,
  }),
];
