import { describe, expect, it } from 'vitest';
import { BEGINS, playLive } from '../testing/play-live.ts';
import { SCRIPTS } from './scenarios.ts';

describe('the scenarios over HTTP', () => {
  it.concurrent.each(Object.values(SCRIPTS))(
    '[M246] the tour of $name shows on the wall’s clock, at speed 50, what each step must bring about',
    async (script) => {
      const played = await playLive(script, 50);
      const tour = script.steps.filter(({ inTour }) => inTour !== false).map(({ id }) => id);
      expect(played.map(({ id }) => id)).toEqual([BEGINS, ...tour]);
    },
    180_000,
  );
});
