import type { KubeObject } from '@portolan/shared';
import { type Cause, invalid } from '../api-error.ts';
import { toTime } from '../time.ts';
import { ISSUER, issueToken } from './access/tokens.ts';
import { decodeObject } from './body.ts';
import { isObject } from './patch/json.ts';
import { type ApiContext, type Reply, type ResourceRequest, refOf } from './request.ts';

const TOKEN_REQUEST = { group: 'authentication.k8s.io', plural: 'tokenrequests', kind: 'TokenRequest' };
const SECONDS = { default: 3600, least: 600, most: 2 ** 32 };

function secondsCause(seconds: number): Cause | undefined {
  const limit =
    seconds < SECONDS.least
      ? 'may not specify a duration less than 10 minutes'
      : seconds > SECONDS.most
        ? 'may not specify a duration larger than 2^32 seconds'
        : undefined;
  if (limit === undefined) return undefined;
  return {
    reason: 'FieldValueInvalid',
    field: 'spec.expirationSeconds',
    message: `Invalid value: ${seconds}: ${limit}`,
  };
}

/** `POST serviceaccounts/{name}/token`: a token of the account (`pkg/registry/core/serviceaccount/storage/token.go`). */
export function createToken(request: ResourceRequest, context: ApiContext): Reply {
  const { store, clock } = context;
  const account: KubeObject = store.need('serviceaccounts', refOf(request));
  const body = decodeObject(request.body, request.contentType);
  const spec = isObject(body.spec) ? body.spec : {};
  const seconds = typeof spec.expirationSeconds === 'number' ? spec.expirationSeconds : SECONDS.default;
  const cause = secondsCause(seconds);
  if (cause) throw invalid(TOKEN_REQUEST, '', [cause]);
  const asked = Array.isArray(spec.audiences) ? spec.audiences.map(String) : [];
  const audiences = asked.length > 0 ? asked : [ISSUER];
  const { name, namespace = '', uid } = account.metadata;
  const bound = isObject(spec.boundObjectRef) ? spec.boundObjectRef : undefined;
  const token = issueToken(store, clock, {
    namespace,
    name,
    uid,
    seconds,
    audiences,
    bound: bound && { kind: String(bound.kind), name: String(bound.name), uid: String(bound.uid ?? '') },
  });
  return {
    status: 201,
    body: {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name, namespace, creationTimestamp: toTime(clock.now()) },
      spec: { audiences, expirationSeconds: seconds, boundObjectRef: bound ?? null },
      status: { token, expirationTimestamp: toTime(clock.now() + seconds * 1000) },
    },
  };
}
