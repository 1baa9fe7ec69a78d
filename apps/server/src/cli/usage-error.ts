/** A command that cannot be run as it was given; the message names the thing, the value and the mend. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
