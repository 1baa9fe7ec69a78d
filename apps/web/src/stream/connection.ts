/**
 * What the browser knows of its stream, a union keyed by `state`. Times are this browser's epoch milliseconds.
 *
 * - `connecting`: a connection was asked for and nothing has come yet.
 * - `syncing`: the server answered; `received` of about `expected` entities of the snapshot so far.
 * - `live`: everything the server had when it answered is applied, and what follows arrives as it happens.
 * - `waiting`: there is no connection; the next try is at `retryAt`.
 * - `stopped`: nothing more will be tried: the server speaks another protocol (reload the page), or the page closed it.
 */
export type Connection =
  | { state: 'connecting'; since: number }
  | { state: 'syncing'; since: number; received: number; expected: number }
  | { state: 'live'; since: number }
  | { state: 'waiting'; since: number; retryAt: number; reason: Loss }
  | { state: 'stopped'; since: number; reason: 'protocol' | 'closed' };

/**
 * Why a connection was given up: `lost` (the transport failed), `refused` (an answer that is no stream), `behind` (too
 * slow a reader), `silent` (nothing for too long), `goodbye` (the server
 * leaves), `malformed` (a message that breaks the protocol), `diverged` (the digest disagreed even after a snapshot).
 */
export type Loss = 'lost' | 'refused' | 'behind' | 'silent' | 'goodbye' | 'malformed' | 'diverged';

/**
 * A connection with what outlives it. `behindSince` is when it last ceased to be live, null while it is live;
 * `newBuild` says that the server has been replaced by another version than the one this page came from;
 * `silentSince` is when the connection last gave a sign of life, once the server does not answer on another one either,
 * null while it does; `divergences` counts the snapshots asked for because a digest disagreed; `problem` is the last malformed message or refusal
 * in words.
 */
export interface StreamStatus {
  connection: Connection;
  behindSince: number | null;
  newBuild: boolean;
  silentSince: number | null;
  divergences: number;
  problem: string | null;
}
