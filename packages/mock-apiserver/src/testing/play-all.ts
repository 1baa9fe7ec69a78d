import { parseArgs } from 'node:util';
import { SCENARIOS, SCRIPTS } from '../scenarios/scenarios.ts';
import { playLive } from './play-live.ts';

/**
 * `node play-all.ts [--speed X] [NAME…]`: plays the tours of scenarios side by side on the wall's clock, at speed 1 unless told
 * otherwise, and says of each whether all that it must show was seen in its time. Ends with 1 when one was not.
 */
const { values, positionals } = parseArgs({ options: { speed: { type: 'string' } }, allowPositionals: true });
const speed = Number(values.speed ?? '1');
const names = positionals.length > 0 ? positionals : SCENARIOS;

const say = (line: string) => process.stdout.write(`${line}\n`);

const play = async (name: string): Promise<boolean> => {
  const script = SCRIPTS[name];
  if (!script) {
    say(`failed  ${name}: there is no such scenario; there is ${SCENARIOS.join(', ')}`);
    return false;
  }
  const began = performance.now();
  const told: string[] = [];
  try {
    await playLive(script, speed, ({ id, seconds }) => told.push(`${id} ${seconds} s`));
    say(`passed  ${name} in ${((performance.now() - began) / 1000).toFixed(1)} s: ${told.join(', ')}`);
    return true;
  } catch (error) {
    say(`failed  ${name} after ${told.join(', ')}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
};

const results = await Promise.all(names.map(play));
const passed = results.filter(Boolean).length;
say(`${passed} passed, ${results.length - passed} failed, at speed ${speed}`);
process.exitCode = passed === results.length ? 0 : 1;
