import { isDeepStrictEqual } from 'node:util';
import type { ConfigMap, KubeObject, Secret } from '@portolan/shared';
import type { Cause } from '../../api-error.ts';
import { duplicate, forbidden, invalidValue, plain, required, tooLong } from './field-error.ts';
import { configKey, follows } from './names.ts';

/** ConfigMaps and Secrets (`pkg/apis/core/validation/validation.go`). */

const MOST_BYTES = 1024 * 1024;

const keys = (data: Record<string, string> | undefined, field: string) =>
  Object.keys(data ?? {}).flatMap((key) => follows(configKey, `${field}[${key}]`, key));

const bytes = (data: Record<string, string> | undefined, encoding: 'utf8' | 'base64') =>
  Object.values(data ?? {}).reduce((sum, value) => sum + Buffer.byteLength(value, encoding), 0);

type Kept = KubeObject & { immutable?: boolean; data?: unknown; binaryData?: unknown };

function validateKept(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const now = object as Kept;
  const before = previous as Kept | undefined;
  if (!before?.immutable) return [];
  const words = 'field is immutable when `immutable` is set';
  return [
    ...(now.immutable ? [] : [forbidden('immutable', words)]),
    ...(['data', 'binaryData'] as const)
      .filter((part) => !isDeepStrictEqual(plain(now[part]), plain(before[part])))
      .map((part) => forbidden(part, words)),
  ];
}

export function validateConfigMap(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const { data, binaryData } = object as ConfigMap;
  const twice = Object.keys(binaryData ?? {}).filter((key) => Object.hasOwn(data ?? {}, key));
  return [
    ...keys(data, 'data'),
    ...keys(binaryData, 'binaryData'),
    ...twice.map((key) => duplicate(`data[${key}]`, key)),
    ...(bytes(data, 'utf8') + bytes(binaryData, 'base64') > MOST_BYTES ? [tooLong('', MOST_BYTES)] : []),
    ...validateKept(object, previous),
  ];
}

/** What a Secret of a type must hold. */
const NEEDED: Record<string, string[]> = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};
const ACCOUNT = 'kubernetes.io/service-account.name';

function validateContent({ type = 'Opaque', data = {}, metadata }: Secret): Cause[] {
  if (type === 'kubernetes.io/service-account-token') {
    return metadata.annotations?.[ACCOUNT] ? [] : [required(`metadata.annotations[${ACCOUNT}]`)];
  }
  if (type === 'kubernetes.io/basic-auth') {
    const given = ['username', 'password'].some((key) => Object.hasOwn(data, key));
    return given ? [] : [required('data[username]'), required('data[password]')];
  }
  const needed = NEEDED[type] ?? [];
  const absent = needed.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`));
  if (absent.length > 0 || !type.includes('docker')) return absent;
  return needed.flatMap((key) => {
    const text = Buffer.from(data[key] ?? '', 'base64').toString();
    return isJson(text) ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', 'must be valid JSON')];
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

export function validateSecret(object: KubeObject, previous: KubeObject | undefined): Cause[] {
  const secret = object as Secret;
  const before = previous as Secret | undefined;
  return [
    ...keys(secret.data, 'data'),
    ...(bytes(secret.data, 'base64') > MOST_BYTES ? [tooLong('data', MOST_BYTES)] : []),
    ...validateContent(secret),
    ...(before && before.type !== secret.type ? [invalidValue('type', secret.type, 'field is immutable')] : []),
    ...validateKept(object, previous),
  ];
}
