import type { Pod, Random } from '@portolan/shared';
import type { Cancel } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { Happening } from '../event-recorder.ts';
import type { Rejection } from './admission.ts';
import type { ImageStore } from './images.ts';

/** What the worker of one pod works with: its kubelet, its node, and the pod as the apiserver holds it. */
export interface PodWorld {
  store: Store;
  random: Random;
  images: ImageStore;
  node: string;
  /** The pod as it stands. */
  pod(): Pod;
  /** Epoch ms. */
  now(): number;
  /** Simulated ms since the clock began. */
  elapsed(): number;
  /** Runs later, unless the kubelet has stopped by then: then once it goes on. */
  after(ms: number, run: () => void): Cancel;
  hostIP(): string;
  /** The pod's address; undefined until its sandbox is there. */
  podIP(): string | undefined;
  /** Takes the pod's place in its node's queue of pulls for `ms`, and answers when it is through, in ms from now. */
  queuePull(ms: number): number;
  /** Why the kubelet does not take the pod at all. */
  rejection(): Rejection | undefined;
  /** Why no sandbox can be made: the node's network is not ready. */
  networkProblem(): string | undefined;
  tell(happening: Happening): void;
}
