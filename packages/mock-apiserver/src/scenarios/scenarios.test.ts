import { describe, expect, it } from 'vitest';
import { playScenario } from '../testing/play.ts';
import { SCRIPTS } from './scenarios.ts';

const scripts = Object.values(SCRIPTS);
const atSpeeds = scripts.flatMap((script) => [1, 50].map((speed) => ({ name: script.name, speed, script })));

describe('the scenarios', () => {
  it.each(atSpeeds)('[M240] $name shows what each step must bring about at speed $speed', ({ script, speed }) => {
    const play = playScenario(script, speed);
    const played = script.steps.filter((step) => step.inTour !== false);
    for (const { id } of played) play.step(id);
    expect(played.length).toBeGreaterThan(0);
  });

  it.each(scripts)('[M252] $name ends where it can begin again: its tour shows the same twice (seed 2)', (script) => {
    const play = playScenario(script, 1, 2);
    const tour = script.steps.filter(({ inTour }) => inTour !== false);
    const rounds = [0, 1].map(() => {
      const steps = tour.filter((step) => {
        // As the tour does, what is done already is passed over.
        if (step.done(play.view) || !step.enabled(play.view)) return false;
        play.step(step.id);
        return true;
      });
      return steps.length;
    });
    expect(rounds[0]).toBe(tour.length);
    expect(rounds[1]).toBeGreaterThan(0);
  });

  it.each(scripts)('[M241] $name speaks both languages, and every step says what it must bring about', (script) => {
    const texts = [script.title, script.about, ...script.steps.flatMap(({ title, says }) => [title, says])];
    for (const text of texts) for (const one of [text.en, text['zh-CN']]) expect(one.trim()).not.toBe('');
    for (const { id, expects } of script.steps) expect([id, expects.length > 0]).toEqual([id, true]);
    expect(new Set(script.steps.map(({ id }) => id)).size).toBe(script.steps.length);
  });
});
