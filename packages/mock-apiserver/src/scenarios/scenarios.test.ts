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

  it.each(scripts)('[M241] $name speaks both languages, and every step says what it must bring about', (script) => {
    const texts = [script.title, script.about, ...script.steps.flatMap(({ title, says }) => [title, says])];
    for (const text of texts) for (const one of [text.en, text['zh-CN']]) expect(one.trim()).not.toBe('');
    for (const { id, expects } of script.steps) expect([id, expects.length > 0]).toEqual([id, true]);
    expect(new Set(script.steps.map(({ id }) => id)).size).toBe(script.steps.length);
  });
});
