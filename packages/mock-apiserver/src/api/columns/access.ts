import {
  type CertificateSigningRequest,
  humanDuration,
  type PriorityClass,
  type RoleBinding,
  type RuntimeClass,
} from '@portolan/shared';
import type { Column } from '../resource.ts';
import { ageColumn, boolean, integer, nameColumn, text } from './column.ts';

/** The columns of access, certificates and classes, in the words of `pkg/printers/internalversion/printers.go`. */

const subjects = (kind: string) => (binding: RoleBinding) =>
  (binding.subjects ?? [])
    .filter((subject) => subject.kind === kind)
    .map(({ namespace, name }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
    .join(', ');

export const roleBindingColumns: Column[] = [
  nameColumn,
  text<RoleBinding>('Role', ({ roleRef }) => `${roleRef.kind}/${roleRef.name}`),
  ageColumn,
  text<RoleBinding>('Users', subjects('User'), 1),
  text<RoleBinding>('Groups', subjects('Group'), 1),
  text<RoleBinding>('ServiceAccounts', subjects('ServiceAccount'), 1),
];

function signingStatus({ status }: CertificateSigningRequest): string {
  const has = (type: string) => status?.conditions?.some((condition) => condition.type === type) ?? false;
  const decided = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decided}${has('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}

export const certificateSigningRequestColumns: Column[] = [
  nameColumn,
  ageColumn,
  text<CertificateSigningRequest>('SignerName', ({ spec }) => spec.signerName || '<none>'),
  text<CertificateSigningRequest>('Requestor', ({ spec }) => spec.username ?? ''),
  text<CertificateSigningRequest>('RequestedDuration', ({ spec }) =>
    spec.expirationSeconds === undefined ? '<none>' : humanDuration(spec.expirationSeconds * 1000),
  ),
  text<CertificateSigningRequest>('Condition', signingStatus),
];

export const priorityClassColumns: Column[] = [
  nameColumn,
  integer<PriorityClass>('Value', ({ value }) => value),
  boolean<PriorityClass>('Global-Default', ({ globalDefault }) => globalDefault ?? false),
  ageColumn,
  text<PriorityClass>('PreemptionPolicy', ({ preemptionPolicy }) => preemptionPolicy ?? 'PreemptLowerPriority'),
];

export const runtimeClassColumns: Column[] = [
  nameColumn,
  text<RuntimeClass>('Handler', ({ handler }) => handler),
  ageColumn,
];
