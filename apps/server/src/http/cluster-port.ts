import type { Entity, Kind, KubeObject, Source } from '@portolan/shared';
import type { z } from 'zod';
import type { PresenterPort } from './presenter-port.ts';
import type { sourceReport } from './source-report.ts';

/** A source with everything that is known of it. */
export type SourceReport = z.infer<typeof sourceReport>;

/** A session of the stream, as a socket's events reach it. */
export interface StreamSession {
  drained(): void;
  gone(): void;
}

/** What a stream writes to. */
export interface StreamOutlet {
  write(bytes: Buffer): boolean;
  readonly unsent: number;
  end(bytes: Buffer): void;
  destroy(): void;
}

/** What a viewer asked of the stream. */
export interface StreamRequest {
  scope: { namespaces: string[]; kinds: Kind[] };
  from: { epoch: string; seq: number } | 'unreadable' | null;
}

/** Numbers for `/metrics`, by name: what the log and the streams hold, what the streams counted, viewers by what they are at. */
export interface ClusterMetrics {
  log: Readonly<Record<string, number>>;
  stream: Readonly<Record<string, number>>;
  streamTotals: Readonly<Record<string, number>>;
  viewers: Readonly<Record<string, number>>;
}

/** One cluster, as the routes need it. */
export interface ClusterPort {
  readonly name: string;
  /** What is shown where the viewer names no namespace. */
  readonly namespace: string;
  /** The apiserver's `gitVersion`, null until it was heard. */
  readonly version: string | null;
  /** The apiserver's clock minus ours in ms; null until it was heard. */
  readonly skewMs: number | null;
  readonly ready: boolean;
  readonly epoch: string;
  readonly seq: number;
  /** Null for a cluster that is not the embedded one. */
  readonly presenter: PresenterPort | null;
  sources(): Source[];
  /** All that is known of each source, beyond what travels to viewers. */
  reports(): SourceReport[];
  entities(kind: Kind): Iterable<Entity>;
  find(kind: Kind, namespace: string, name: string): Entity | null;
  /** The object as the apiserver holds it now, redacted. */
  manifest(kind: Kind, namespace: string, name: string, signal: AbortSignal): Promise<KubeObject | null>;
  metrics(): ClusterMetrics;
  /** False when no further stream, or no further scope, fits. */
  accepts(scope: StreamRequest['scope']): boolean;
  open(request: StreamRequest, outlet: StreamOutlet): StreamSession;
  /** What a new stream is told to wait before it comes back, in ms. */
  retryMs(): number;
}
