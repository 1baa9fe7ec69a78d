import { until } from '../fed-server.ts';
import { program } from '../program.ts';
import type { CrowdOptions } from '../viewers/crowd.ts';
import { Probed } from './probed.ts';

const OPEN_MS = 120_000;

/** Starts a crowd, and resolves once all of it reads. */
export async function crowdOf(options: CrowdOptions): Promise<Probed> {
  const crowd = new Probed(program('crowd'), [JSON.stringify(options)]);
  await until(
    () => crowd.ask<number>('open'),
    (open) => open === options.count,
    OPEN_MS,
  );
  return crowd;
}
