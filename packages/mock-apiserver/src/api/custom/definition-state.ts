import type { CustomResourceDefinition } from '@portolan/shared';

const says = ({ status }: CustomResourceDefinition, type: string, state: string) =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === state) === true;

/** Whether what a definition describes is served. */
export function isEstablished(definition: CustomResourceDefinition): boolean {
  return says(definition, 'Established', 'True');
}

/** Whether a definition that is deleted may still have objects that are to be taken away first. */
export function holdsObjects(definition: CustomResourceDefinition): boolean {
  return isEstablished(definition) && !says(definition, 'Terminating', 'False');
}
