import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@portolan/shared';
import { ApiError, badRequest } from '../../api-error.ts';
import { setField } from '../../store/structure.ts';
import { isObject } from './json.ts';

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

function isOperation(value: unknown): value is Operation {
  return isObject(value) && typeof value.op === 'string' && typeof value.path === 'string';
}

/** The apiserver says no more than this of a patch that cannot be applied (`patch.go`, NewGenericServerResponse). */
function unprocessable(): ApiError {
  return new ApiError('Invalid', 'the server rejected our request due to an error in our request');
}

/** A JSON pointer's parts (RFC 6901). */
function parts(pointer: string): string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) throw unprocessable();
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function child(parent: Json | undefined, part: string): Json | undefined {
  if (Array.isArray(parent)) return parent[Number(part)];
  return isObject(parent) && Object.hasOwn(parent, part) ? parent[part] : undefined;
}

function read(document: Json, pointer: string): Json {
  let value: Json | undefined = document;
  for (const part of parts(pointer)) value = child(value, part);
  if (value === undefined) throw unprocessable();
  return value;
}

/** Calls `change` with the container and the last part of a pointer. */
function at(document: Json, pointer: string, change: (parent: Json, last: string) => void): void {
  const path = parts(pointer);
  const last = path.pop();
  if (last === undefined) throw unprocessable();
  let parent: Json | undefined = document;
  for (const part of path) parent = child(parent, part);
  if (parent === undefined || parent === null) throw unprocessable();
  change(parent, last);
}

function add(document: Json, pointer: string, value: Json): void {
  at(document, pointer, (parent, last) => {
    if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last);
      if (!Number.isInteger(index) || index < 0 || index > parent.length) {
        throw unprocessable();
      }
      parent.splice(index, 0, value);
    } else if (isObject(parent)) setField(parent, last, value);
    else throw unprocessable();
  });
}

function remove(document: Json, pointer: string): void {
  at(document, pointer, (parent, last) => {
    if (child(parent, last) === undefined) throw unprocessable();
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else if (isObject(parent)) delete parent[last];
  });
}

/** What Go's `encoding/json` calls the type of a value. */
export const goTypeOf = (value: Json): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;

/** A JSON patch (RFC 6902) applied to a copy of `target`. */
export function jsonPatch(target: Json, patch: Json): Json {
  if (!Array.isArray(patch)) {
    throw badRequest(`json: cannot unmarshal ${goTypeOf(patch)} into Go value of type jsonpatch.Patch`);
  }
  const document = structuredClone(target);
  for (const operation of patch) {
    if (!isOperation(operation)) throw badRequest('every operation of a JSON patch has an "op" and a "path"');
    const { op, path, from = '', value = null } = operation;
    switch (op) {
      case 'add':
        add(document, path, value);
        break;
      case 'remove':
        remove(document, path);
        break;
      case 'replace':
        read(document, path);
        at(document, path, (parent, last) => {
          if (Array.isArray(parent)) parent[Number(last)] = value;
          else if (isObject(parent)) setField(parent, last, value);
        });
        break;
      case 'move':
      case 'copy': {
        const moved = structuredClone(read(document, from));
        if (op === 'move') remove(document, from);
        add(document, path, moved);
        break;
      }
      case 'test':
        if (!isDeepStrictEqual(read(document, path), value)) throw unprocessable();
        break;
      default:
        throw badRequest(`unknown operation "${op}" in a JSON patch: use add, remove, replace, move, copy or test`);
    }
  }
  return document;
}
