import type { CustomResourceDefinition, CustomResourceVersion, KubeObject } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { jsonPath } from '../custom/json-path.ts';
import { duplicates, forbidden, invalidValue, required } from './field-error.ts';
import { dns1035Label, dnsSubdomain, follows, neededOneOf } from './names.ts';

/** CustomResourceDefinitions (`apiextensions/validation/validation.go`), but for their schemas, which nobody looks at. */

const APPROVAL = 'api-approved.kubernetes.io';
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;
const COLUMN_TYPES = ['integer', 'number', 'string', 'boolean', 'date'];

function validateVersion(version: CustomResourceVersion, at: string): Cause[] {
  const { name, schema, additionalPrinterColumns = [] } = version;
  return [
    ...(name ? follows(dns1035Label, `${at}.name`, name) : [required(`${at}.name`)]),
    ...(schema?.openAPIV3Schema ? [] : [required(`${at}.schema.openAPIV3Schema`, 'schemas are required')]),
    ...additionalPrinterColumns.flatMap(({ name: title, type, jsonPath: path }, index) => {
      const column = `${at}.additionalPrinterColumns[${index}]`;
      const words = 'is none of the paths that columns are written in';
      return [
        ...(title ? [] : [required(`${column}.name`)]),
        ...neededOneOf(`${column}.type`, type, COLUMN_TYPES),
        ...(path ? [] : [required(`${column}.jsonPath`)]),
        ...(path && !jsonPath(path) ? [invalidValue(`${column}.jsonPath`, path, words)] : []),
      ];
    }),
  ];
}

function validateIdentity(now: CustomResourceDefinition, before: CustomResourceDefinition | undefined): Cause[] {
  const fixed = (field: string, value: string, old: string | undefined) =>
    before === undefined || value === old ? [] : [invalidValue(field, value, 'field is immutable')];
  return [
    ...fixed('spec.group', now.spec.group, before?.spec.group),
    ...fixed('spec.scope', now.spec.scope, before?.spec.scope),
    ...fixed('spec.names.kind', now.spec.names.kind, before?.spec.names.kind),
  ];
}

export function validateDefinition(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { metadata, spec } = object as CustomResourceDefinition;
  const { group = '', names, scope, versions = [], conversion } = spec;
  const { plural = '', kind = '' } = names ?? {};
  const stored = versions.filter(({ storage }) => storage);
  const approval = 'protected groups must have approval annotation "api-approved.kubernetes.io"';
  const complete = [
    ...(group ? follows(dnsSubdomain, 'spec.group', group) : [required('spec.group')]),
    ...(plural ? follows(dns1035Label, 'spec.names.plural', plural) : [required('spec.names.plural')]),
    ...(kind ? follows(dns1035Label, 'spec.names.kind', kind.toLowerCase()) : [required('spec.names.kind')]),
    ...neededOneOf('spec.scope', scope, ['Cluster', 'Namespaced']),
    ...(versions.length > 0 ? [] : [required('spec.versions')]),
    ...versions.flatMap((version, index) => validateVersion(version, `spec.versions[${index}]`)),
  ];
  if (complete.length > 0) return complete;
  return [
    ...(metadata.name === `${plural}.${group}`
      ? []
      : [invalidValue('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...(PROTECTED.test(group) && !metadata.annotations?.[APPROVAL]
      ? [required(`metadata.annotations[${APPROVAL}]`, approval)]
      : []),
    ...duplicates(
      versions,
      ({ name }) => name,
      (index) => `spec.versions[${index}].name`,
    ),
    ...(stored.length === 1
      ? []
      : [invalidValue('spec.versions', versions, 'must have exactly one version marked as storage version')]),
    ...(conversion && conversion.strategy !== 'None'
      ? [forbidden('spec.conversion.strategy', 'this cluster calls no webhooks: versions differ in their name alone')]
      : []),
    ...validateIdentity(object as CustomResourceDefinition, previous as CustomResourceDefinition | undefined),
  ];
}
