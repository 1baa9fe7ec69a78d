import express, { type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { Problem } from './problem.ts';

/** What the presenter asks for is small. */
const MOST_BYTES = '16kb';

/** Reads a request's JSON; what is none is a 400 by the parser's own word. */
export const readJson: RequestHandler = express.json({ limit: MOST_BYTES });

/** The body of a request as its schema has it; what does not fit is a 400 that names the field. */
export function bodyOf<T>(schema: z.core.$ZodType<T>, request: Request): T {
  const parsed = z.safeParse(schema, request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the body';
  throw new Problem(
    400,
    `${where}: ${issue?.message ?? 'not valid'}. Send JSON with the header content-type: application/json.`,
  );
}
