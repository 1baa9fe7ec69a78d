import type { RequestHandler } from 'express';
import type { SchemaName } from './schemas.ts';

/** A parameter in the query. */
export interface QueryParameter {
  name: string;
  repeated: boolean;
  says: string;
}

/** What a route answers: JSON by the name of its schema, or text of a media type (with schemas for the stream's events). */
export type Answer = { json: SchemaName } | { text: string; events?: readonly SchemaName[] } | { openapi: true };

/** One route: what is served and what is described are the same row. `path` is written as OpenAPI does, `{name}`. */
export interface Route {
  method: 'get' | 'post' | 'delete';
  path: string;
  says: string;
  query: readonly QueryParameter[];
  /** The schema of the JSON that the request carries, where it carries any. */
  takes?: SchemaName;
  answer: Answer;
  handlers: readonly RequestHandler[];
}
