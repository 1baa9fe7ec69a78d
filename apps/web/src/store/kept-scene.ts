import { type Graph, type GraphDelta, LiveScene } from '@portolan/shared';
import { type Concern, ofEntities } from './concern.ts';
import type { Kept } from './kept-feed.ts';

/** What a namespace's headline looks at, kept change by change. Nodes belong to every namespace. */
export class KeptScene implements Kept {
  readonly scene: LiveScene;
  readonly #concern: Concern;

  constructor(namespace: string) {
    this.scene = new LiveScene(namespace);
    this.#concern = ofEntities((entity) => entity.namespace === namespace || entity.kind === 'Node');
  }

  fill(graph: Graph): Iterator<void> {
    return this.scene.fill(graph);
  }

  apply(delta: GraphDelta): boolean {
    this.scene.apply(delta);
    return this.#concern(delta);
  }
}
