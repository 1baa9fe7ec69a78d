import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { impliedGroups, serviceAccountName, type UserInfo } from './user.ts';

/** Who issues the cluster's tokens, and for whom they are where nobody is named. */
export const ISSUER = 'https://kubernetes.default.svc.cluster.local';

/** What a token is asked for: an account, how long it holds in seconds, and whom it is for. */
export interface TokenClaim {
  namespace: string;
  name: string;
  uid: string;
  seconds: number;
  audiences: string[];
  /** The pod, secret or node that it dies with. */
  bound?: { kind: string; name: string; uid: string } | undefined;
}

/** The part of a token's claims that says whose it is. */
interface Payload {
  exp: number;
  'kubernetes.io': { namespace: string; serviceaccount: { name: string; uid: string } };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Two lives of a cluster do not take each other's tokens. */
const keyOf = (store: Store) => store.get('namespaces', { name: 'kube-system' })?.metadata.uid ?? '';

const sign = (store: Store, text: string) => createHmac('sha256', keyOf(store)).update(text).digest('base64url');

/** A service account's token, a JWT with the claims of `pkg/serviceaccount/claims.go`, signed with HMAC. */
export function issueToken(store: Store, clock: Clock, claim: TokenClaim): string {
  const now = Math.floor(clock.now() / 1000);
  const { namespace, name, uid, bound } = claim;
  const payload = {
    aud: claim.audiences,
    exp: now + claim.seconds,
    iat: now,
    iss: ISSUER,
    'kubernetes.io': {
      namespace,
      ...(bound && { [bound.kind.toLowerCase()]: { name: bound.name, uid: bound.uid } }),
      serviceaccount: { name, uid },
    },
    nbf: now,
    sub: serviceAccountName(namespace, name),
  };
  const text = `${encode({ alg: 'HS256', kid: 'portolan' })}.${encode(payload)}`;
  return `${text}.${sign(store, text)}`;
}

function payloadOf(part: string): Payload | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Payload;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whose token it is: undefined for one that this cluster did not issue, that has run out, or whose account is gone. */
export function userOfToken(store: Store, clock: Clock, token: string): UserInfo | undefined {
  const [header = '', body = '', signature = ''] = token.split('.');
  const expected = Buffer.from(sign(store, `${header}.${body}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const payload = payloadOf(body);
  if (!payload || payload.exp * 1000 < clock.now()) return undefined;
  const { namespace, serviceaccount } = payload['kubernetes.io'];
  const account = store.get('serviceaccounts', { namespace, name: serviceaccount.name });
  if (account?.metadata.uid !== serviceaccount.uid) return undefined;
  const username = serviceAccountName(namespace, serviceaccount.name);
  return { username, uid: serviceaccount.uid, groups: impliedGroups(username) };
}
