import type { IncomingHttpHeaders } from 'node:http';
import { badRequest } from '../../api-error.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { userOfToken } from './tokens.ts';
import { ADMINISTRATOR, impliedGroups, type UserInfo } from './user.ts';

const EXTRA = 'impersonate-extra-';

const listed = (value: string | string[] | undefined): string[] =>
  (Array.isArray(value) ? value : (value ?? '').split(',')).map((part) => part.trim()).filter((part) => part !== '');

/** Who is meant by the Impersonate headers (apiserver `filters/impersonation.go`); undefined where there are none. */
function impersonated(headers: IncomingHttpHeaders): UserInfo | undefined {
  const [username] = listed(headers['impersonate-user']);
  const groups = listed(headers['impersonate-group']);
  if (username === undefined) {
    if (groups.length === 0) return undefined;
    throw badRequest('requested impersonation of groups without impersonating a user: name one in Impersonate-User');
  }
  const implied = impliedGroups(username).filter((group) => !groups.includes(group));
  const uid = headers['impersonate-uid'];
  const extra = Object.entries(headers).filter(([name]) => name.startsWith(EXTRA));
  return {
    username,
    groups: [...groups, ...implied],
    ...(typeof uid === 'string' && { uid }),
    ...(extra.length > 0 && {
      extra: Object.fromEntries(extra.map(([name, value]) => [name.slice(EXTRA.length), listed(value)])),
    }),
  };
}

/**
 * Who asks, by a request's headers: whom it impersonates, else the service account whose token it bears. Everybody else,
 * whatever the token, is the administrator.
 */
export function userOf(headers: IncomingHttpHeaders, store: Store, clock: Clock): UserInfo {
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? '') ?? [];
  const bearer = token === undefined ? undefined : userOfToken(store, clock, token);
  return impersonated(headers) ?? bearer ?? ADMINISTRATOR;
}
