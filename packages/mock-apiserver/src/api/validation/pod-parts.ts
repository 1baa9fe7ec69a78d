import { isDeepStrictEqual } from 'node:util';
import type { KubeObject, Pod } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { qosClass } from '../defaults/pod.ts';
import { defaultContainer } from '../defaults/pod-spec.ts';
import { validateContainers } from './container.ts';
import { duplicate, forbidden, invalidValue, missing, plain } from './field-error.ts';

/** What may be changed of a running pod through its subresources (`pkg/apis/core/validation/validation.go`). */

const EPHEMERAL = 'spec.ephemeralContainers';
/** What a container that debugs may not have. */
const DENIED = ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const;

/** Containers that debug a pod are added, with their defaults, and never taken away. */
export function validateEphemeralContainers(object: KubeObject, previous: KubeObject): Cause[] {
  const { spec } = object as Pod;
  const before = (previous as Pod).spec.ephemeralContainers ?? [];
  const containers = spec.ephemeralContainers ?? [];
  for (const container of containers) defaultContainer(container);
  const others = [...spec.containers, ...(spec.initContainers ?? [])];
  const gone = before.some(
    (old) =>
      !containers.some((container) => container.name === old.name && isDeepStrictEqual(plain(container), plain(old))),
  );
  return [
    ...validateContainers(containers, spec.volumes ?? [], EPHEMERAL),
    ...containers.flatMap((container, index) => {
      const at = `${EPHEMERAL}[${index}]`;
      const { name, targetContainerName: target } = container;
      return [
        ...(others.some((other) => other.name === name) ? [duplicate(`${at}.name`, name)] : []),
        ...(target && !spec.containers.some((other) => other.name === target)
          ? [missing(`${at}.targetContainerName`, target)]
          : []),
        ...DENIED.filter((field) => container[field] !== undefined).map((field) =>
          forbidden(`${at}.${field}`, 'cannot be set for an Ephemeral Container'),
        ),
      ];
    }),
    ...(gone ? [forbidden(EPHEMERAL, 'existing ephemeral containers may not be changed or removed')] : []),
  ];
}

/** A pod keeps its class of service when its containers ask for more or less. */
export function validateResize(object: KubeObject, previous: KubeObject): Cause[] {
  const pod = object as Pod;
  const kept = (previous as Pod).status?.qosClass ?? qosClass(previous as Pod);
  const causes = validateContainers(pod.spec.containers, pod.spec.volumes ?? [], 'spec.containers');
  if (qosClass(pod) !== kept)
    causes.push(invalidValue('spec', qosClass(pod), 'Pod QOS Class may not change as a result of resizing'));
  return causes;
}
