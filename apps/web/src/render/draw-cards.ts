import type { CardShape, LaneShape } from '../scene/shape.ts';
import { drawParts, only } from './draw-parts.ts';
import { dressButton } from './dress-button.ts';
import type { ShapeDrawing } from './join-shapes.ts';
import { glide } from './motion.ts';

/** How cards are drawn: of services, workloads and nodes. */
export const cardDrawing: ShapeDrawing<CardShape> = {
  name: 'card',
  middle: ({ width, height }) => ({ x: width / 2, y: height / 2 }),
  dress: (groups) => {
    groups
      .attr('data-place', 'card')
      .attr('data-testid', 'card')
      .attr('data-key', (card) => card.key)
      .attr('data-uid', (card) => card.uid)
      .attr('data-kind', (card) => card.kind)
      .attr('data-name', (card) => card.name);
  },
  draw: (bodies, mode) => {
    bodies.each(function draw(card) {
      const ground = only(this, 'rect').attr('class', 'card-ground').attr('rx', 8).attr('width', card.width);
      if (ground.attr('height') === null) ground.attr('height', card.height);
      else glide(ground, mode, { height: () => card.height });
      dressButton(ground, card);
      only(this, 'title').text(card.label);
      drawParts(this, card.parts);
    });
  },
};

/** How the grounds of revisions are drawn. */
export const laneDrawing: ShapeDrawing<LaneShape> = {
  name: 'lane',
  middle: ({ width, height }) => ({ x: width / 2, y: height / 2 }),
  dress: (groups) => {
    groups
      .attr('data-place', 'revision')
      .attr('data-testid', 'revision')
      .attr('data-key', (lane) => lane.key)
      .attr('data-uid', (lane) => lane.uid)
      .attr('data-kind', (lane) => (lane.uid === null ? null : 'ReplicaSet'))
      .attr('data-name', (lane) => lane.name)
      .attr('data-workload', (lane) => lane.workload);
  },
  draw: (bodies, mode) => {
    bodies.each(function draw(lane) {
      const ground = only(this, 'rect').attr('class', 'lane-ground').attr('rx', 6).attr('width', lane.width);
      if (ground.attr('height') === null) ground.attr('height', lane.height);
      else glide(ground, mode, { height: () => lane.height });
      dressButton(ground, lane);
      only(this, 'title').text(lane.label);
      drawParts(this, lane.parts);
    });
  },
};
