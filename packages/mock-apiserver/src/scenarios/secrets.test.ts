import { describe, expect, it } from 'vitest';
import { playScenario } from '../testing/play.ts';
import { objectsOf } from './manifests.ts';
import type { ScenarioScript } from './scenario.ts';
import { SCRIPTS } from './scenarios.ts';

/** The values of a scenario's Secrets, line by line: a key is recognized by any of its lines. */
const secretValues = ({ manifests }: ScenarioScript): string[] =>
  Object.values(manifests)
    .flatMap(objectsOf)
    .filter(({ kind }) => kind === 'Secret')
    .flatMap((secret) => Object.values((secret as { stringData?: Record<string, string> }).stringData ?? {}))
    .flatMap((value) => value.split('\n'))
    .filter((line) => line !== '' && !line.startsWith('-----'));

const withSecrets = Object.values(SCRIPTS).filter((script) => secretValues(script).length > 0);

describe('the secrets of scenarios', () => {
  it.each(withSecrets)('[M248] $name: what its Secrets hold stands in no other object, clear or encoded', (script) => {
    const { lab, step } = playScenario(script);
    const values = secretValues(script).flatMap((value) => [value, Buffer.from(value).toString('base64')]);
    let secrets = 0;
    for (const { id } of script.steps) {
      step(id);
      secrets = Math.max(secrets, lab.store.list('secrets').length);
      for (const { key } of lab.store.resources()) {
        if (key === 'secrets') continue;
        const text = JSON.stringify(lab.store.list(key));
        expect(values.filter((value) => text.includes(value))).toEqual([]);
      }
    }
    expect(secrets).toBeGreaterThan(0);
  });

  it('[M248] they are invented, and say so', () => {
    const said = withSecrets.flatMap(secretValues);
    expect(said.length).toBeGreaterThan(0);
    for (const value of said) expect(value).toMatch(/^invented-|@example\.com$/);
  });
});
