import type { Container, Pod } from '@portolan/shared';
import { controllerOf } from '../ownership.ts';
import { type Behaviour, PREPARES, parseBehaviour, SERVES, WORKS } from './behaviour.ts';
import { commandBehaviour } from './command.ts';
import { familyOf } from './image-families.ts';

/** Says what a pod's containers do, in the words of {@link parseBehaviour}; with `.NAME` behind it, what one of them does. */
export const BEHAVIOUR_ANNOTATION = 'portolan.dev/behaviour';

/**
 * What a container of a pod does: as its pod's annotations say, else its command, else the scenario's rule for its image, else
 * the image's family. Throws BehaviourError where an annotation says nothing.
 */
export function behaviourOf(pod: Pod, container: Container, rule: Behaviour | undefined): Behaviour {
  const family = familyOf(container.image ?? '');
  const annotations = pod.metadata.annotations ?? {};
  const text = annotations[`${BEHAVIOUR_ANNOTATION}.${container.name}`] ?? annotations[BEHAVIOUR_ANNOTATION];
  const command = commandBehaviour(container, family?.shell === true);
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container.name) === true;
  const byImage = { ...family?.behaviour, ...rule };
  // What is there to finish, finishes, whatever its image.
  const finite = isInit ? PREPARES : WORKS;
  const finishes = isInit ? container.restartPolicy !== 'Always' : controllerOf(pod)?.kind === 'Job';
  return {
    ...SERVES,
    ...(command ?? (finishes && !byImage.runsMs ? { ...byImage, ...finite } : byImage)),
    ...(text !== undefined && parseBehaviour(text)),
  };
}
