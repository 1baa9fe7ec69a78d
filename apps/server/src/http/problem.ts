import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { z } from 'zod';

/** An RFC 9457 problem document; `type` is about:blank, so `title` is the status in words and `detail` says what to do. */
export const problemDocument = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
});

/** An error with the status and the words that the client gets. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

/** The problem as it travels. */
export function problemBody({ status, message }: Problem): string {
  const document: z.infer<typeof problemDocument> = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: message,
  };
  return JSON.stringify(document);
}

/** Answers with a problem document. */
export function sendProblem(response: Response, problem: Problem): void {
  response.status(problem.status).set(problem.headers).type('application/problem+json').send(problemBody(problem));
}

/** The last handler: nothing matched. */
export const notFound: RequestHandler = (request) => {
  throw new Problem(404, `There is nothing at ${request.path}; /api/v1/openapi.json lists what there is.`);
};

/** Every error becomes a problem; one that is not ours says nothing of its inside, and is handed to `report`. */
export function problems(report: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      report(error);
      next(error);
      return;
    }
    const problem = asProblem(error);
    if (problem.status >= 500 && !(error instanceof Problem)) report(error);
    sendProblem(response, problem);
  };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  // Express and its static server put the status they mean on the error.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status >= 400 && status < 500) return new Problem(status, STATUS_CODES[status] ?? 'The request is not valid.');
  return new Problem(500, 'Something failed inside; the log of the server says what.');
}
