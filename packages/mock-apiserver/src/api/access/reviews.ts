import type { KubeObject, PolicyRule } from '@portolan/shared';
import { badRequest, type Cause, invalid } from '../../api-error.ts';
import type { Admission, VirtualResource } from '../resource.ts';
import { type Attributes, authorize, rulesFor } from './authorize.ts';
import { userOfToken } from './tokens.ts';
import type { UserInfo } from './user.ts';

/** A review as `authorization.k8s.io/v1` and `authentication.k8s.io/v1` write them. */
interface Review extends KubeObject {
  spec?: {
    resourceAttributes?: Partial<Record<'namespace' | 'verb' | 'group' | 'resource' | 'subresource' | 'name', string>>;
    nonResourceAttributes?: { path?: string; verb?: string };
    user?: string;
    groups?: string[];
    uid?: string;
    namespace?: string;
    token?: string;
    audiences?: string[];
  };
}

const KIND = (object: KubeObject) => ({
  group: 'authorization.k8s.io',
  plural: `${(object.kind ?? '').toLowerCase()}s`,
  kind: object.kind ?? '',
});

function attributesOf(review: Review, namespace?: string): Attributes {
  const { resourceAttributes: resource, nonResourceAttributes: other } = review.spec ?? {};
  if ((resource === undefined) === (other === undefined)) {
    const cause: Cause = {
      reason: 'FieldValueInvalid',
      field: 'spec.resourceAttributes',
      message: `Invalid value: ${JSON.stringify(resource ?? null)}: exactly one of nonResourceAttributes or resourceAttributes must be specified`,
    };
    throw invalid(KIND(review), '', [cause]);
  }
  if (other) return { verb: other.verb ?? '', path: other.path ?? '' };
  if (namespace !== undefined && resource?.namespace !== namespace) {
    throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${namespace}`);
  }
  return {
    verb: resource?.verb ?? '',
    group: resource?.group ?? '',
    resource: resource?.resource ?? '',
    subresource: resource?.subresource || undefined,
    namespace: resource?.namespace || undefined,
    name: resource?.name || undefined,
  };
}

function decided(review: Review, { store }: Admission, user: UserInfo, wanted: Attributes): KubeObject {
  const { allowed, reason } = authorize(store, user, wanted);
  return { ...review, status: { allowed, ...(reason && { reason }) } } as KubeObject;
}

function subjectOf(review: Review): UserInfo {
  const { user: username = '', groups = [], uid } = review.spec ?? {};
  if (username === '' && groups.length === 0) {
    const message = 'Invalid value: "": at least one of user or group must be specified';
    throw invalid(KIND(review), '', [{ reason: 'FieldValueInvalid', field: 'spec.user', message }]);
  }
  return { username, groups, ...(uid && { uid }) };
}

/** May I? */
export const selfSubjectAccessReview: VirtualResource = {
  create: (review: Review, admission, user) => decided(review, admission, user, attributesOf(review)),
};

/** May somebody else? */
export const subjectAccessReview: VirtualResource = {
  create: (review: Review, admission) => decided(review, admission, subjectOf(review), attributesOf(review)),
};

/** May somebody else, in this namespace? */
export const localSubjectAccessReview: VirtualResource = {
  create: (review: Review, admission) =>
    decided(review, admission, subjectOf(review), attributesOf(review, review.metadata.namespace ?? '')),
};

const resourceRules = (rules: PolicyRule[]) =>
  rules.flatMap(({ verbs, apiGroups, resources, resourceNames }) =>
    resources ? [{ verbs, apiGroups, resources, ...(resourceNames && { resourceNames }) }] : [],
  );

/** What may I do here? */
export const selfSubjectRulesReview: VirtualResource = {
  create(review: Review, { store }, user) {
    const namespace = review.spec?.namespace;
    if (!namespace) throw badRequest('no namespace on request: name one in spec.namespace');
    const rules = rulesFor(store, user, namespace);
    const status = {
      resourceRules: resourceRules(rules),
      nonResourceRules: rules.flatMap(({ verbs, nonResourceURLs }) =>
        nonResourceURLs ? [{ verbs, nonResourceURLs }] : [],
      ),
      incomplete: false,
    };
    return { ...review, status } as KubeObject;
  },
};

/** Who am I? */
export const selfSubjectReview: VirtualResource = {
  create: (review, _admission, userInfo) => ({ ...review, status: { userInfo } }) as KubeObject,
};

/** Whose token is this? */
export const tokenReview: VirtualResource = {
  create(review: Review, { store, clock }) {
    const token = review.spec?.token;
    if (!token) {
      const cause = { reason: 'FieldValueRequired', field: 'spec.token', message: 'Required value' };
      throw invalid({ ...KIND(review), group: 'authentication.k8s.io' }, '', [cause]);
    }
    const user = userOfToken(store, clock, token);
    const status = user ? { authenticated: true, user, audiences: review.spec?.audiences } : { user: {} };
    return { ...review, status } as KubeObject;
  },
};
