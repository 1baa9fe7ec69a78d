/** What the server refused or failed to do, from its RFC 9457 problem document, or from the transport. */
export class ProblemError extends Error {
  /** The HTTP status; 0 when no answer came. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'ProblemError';
    this.status = status;
  }
}

/** Fetches JSON from the server; whatever goes wrong is a ProblemError in words. */
export async function fetchJson(path: string, init: RequestInit = {}): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (error) {
    throw new ProblemError(error instanceof Error ? error.message : String(error), 0);
  }
  const body: unknown = await response.json().catch((error: unknown) => {
    if (response.ok && response.status !== 204) throw new ProblemError(`not JSON: ${String(error)}`, response.status);
    return null;
  });
  if (!response.ok) throw new ProblemError(problemText(body) ?? `HTTP ${response.status}`, response.status);
  return body;
}

/** The words of a problem document: its detail, else its title. */
function problemText(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { detail, title } = body as { detail?: unknown; title?: unknown };
  if (typeof detail === 'string' && detail !== '') return detail;
  return typeof title === 'string' && title !== '' ? title : null;
}
