import { isDeepStrictEqual } from 'node:util';
import {
  fromLabelSelector,
  type KubeObject,
  type LabelSelector,
  matches,
  type PodTemplateSpec,
} from '@portolan/shared';
import type { Cause } from '../api-error.ts';

type Workload = KubeObject & {
  spec?: { selector?: LabelSelector; template?: PodTemplateSpec; replicas?: number };
};

const required = (field: string): Cause => ({ reason: 'FieldValueRequired', message: 'Required value', field });

function containerCauses(template: PodTemplateSpec | undefined, field: string): Cause[] {
  const containers = template?.spec?.containers ?? [];
  if (containers.length === 0) return [required(`${field}.spec.containers`)];
  return containers.flatMap((container, index) => [
    ...(container.name ? [] : [required(`${field}.spec.containers[${index}].name`)]),
    ...(container.image ? [] : [required(`${field}.spec.containers[${index}].image`)]),
  ]);
}

/** Selector, template and replicas of a workload with a LabelSelector (`pkg/apis/apps/validation`). */
export function validateWorkload(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { spec } = object as Workload;
  const before = (previous as Workload | undefined)?.spec;
  const causes: Cause[] = [];
  if (spec?.replicas !== undefined && spec.replicas < 0) {
    const message = `Invalid value: ${spec.replicas}: must be greater than or equal to 0`;
    causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.replicas' });
  }
  if (!spec?.selector) causes.push(required('spec.selector'));
  causes.push(...containerCauses(spec?.template, 'spec.template'));
  if (spec?.selector && !matches(fromLabelSelector(spec.selector), spec.template?.metadata?.labels ?? {})) {
    const value = JSON.stringify(spec.template?.metadata?.labels ?? {});
    const message = `Invalid value: ${value}: \`selector\` does not match template \`labels\``;
    causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.template.metadata.labels' });
  }
  if (before && !isDeepStrictEqual(before.selector, spec?.selector)) {
    const message = `Invalid value: ${JSON.stringify(spec?.selector)}: field is immutable`;
    causes.push({ reason: 'FieldValueInvalid', message, field: 'spec.selector' });
  }
  return causes;
}

type PodLike = KubeObject & PodTemplateSpec;

/** A pod's containers, and that only images and tolerations of a running pod change (`ValidatePodUpdate`). */
export function validatePod(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const pod = object as unknown as PodLike;
  const causes = containerCauses(pod, '').map((cause) => ({ ...cause, field: cause.field.replace(/^\./, '') }));
  if (!previous) return causes;
  const fixed = (like: PodLike) => {
    const { containers, tolerations: _t, terminationGracePeriodSeconds: _g, nodeName: _n, ...rest } = like.spec;
    return { ...rest, containers: containers.map(({ image: _image, ...container }) => container) };
  };
  if (!isDeepStrictEqual(fixed(pod), fixed(previous as unknown as PodLike))) {
    const message =
      'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
    causes.push({ reason: 'FieldValueForbidden', message, field: 'spec' });
  }
  return causes;
}
