import { ApiError } from '../api-error.ts';

/** What the API refuses `run` with; throws where it does not. */
export function refusal(run: () => unknown): ApiError {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
