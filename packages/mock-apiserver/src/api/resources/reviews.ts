import * as reviews from '../access/reviews.ts';
import type { ApiResource } from '../resource.ts';
import { row } from './row.ts';

const review = (group: string, kind: string, virtual: ApiResource['virtual'], namespaced = false): ApiResource =>
  row(group, ['v1'], { kind, plural: `${kind.toLowerCase()}s`, namespaced, verbs: ['create'], virtual });

/** authentication.k8s.io/v1 and authorization.k8s.io/v1: questions that are answered, not kept. */
export const reviewResources: readonly ApiResource[] = [
  review('authentication.k8s.io', 'SelfSubjectReview', reviews.selfSubjectReview),
  review('authentication.k8s.io', 'TokenReview', reviews.tokenReview),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', reviews.localSubjectAccessReview, true),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', reviews.selfSubjectAccessReview),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', reviews.selfSubjectRulesReview),
  review('authorization.k8s.io', 'SubjectAccessReview', reviews.subjectAccessReview),
];
