import type { DeploymentEntity, Scene } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { firstOf } from '../../layout/first-of.ts';
import { entityMark } from '../entity-mark.ts';
import { Glyph } from '../glyph.tsx';
import { GLYPH_TONE } from '../tones.ts';

/** How many rollouts the wall has room for. */
const ROOM = 2;

/** The first rollouts, and how many there are in all. */
export interface RolloutsUnderWay {
  first: DeploymentEntity[];
  all: number;
}

/** The Deployments that are not where their spec asks, the stalled ones first, then by name. */
export function rolloutsOf(scene: Scene): RolloutsUnderWay {
  const moving = scene.workloads().filter(({ mark }) => mark === 'progressing' || mark === 'stalled');
  const rank = ({ mark }: { mark: string }) => Number(mark !== 'stalled');
  const first = firstOf(moving, ROOM, (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return { first: first.map(({ deployment }) => deployment), all: moving.length };
}

/** Rollouts in progress with how far they are; nothing when none is. */
export function Rollouts({ rollouts: { first, all } }: { rollouts: RolloutsUnderWay }) {
  const { text, format } = useI18n();
  if (all === 0) return null;
  return (
    <section>
      <h2 className="flex items-baseline gap-4 text-[1.875rem]/[2rem]">
        {text.rolloutsInProgress}
        {all > ROOM && <span className="font-normal text-[1.75rem] text-t2">{format.number(all)}</span>}
      </h2>
      <ul className="mt-3">
        {first.map((deployment) => {
          const { updated, ready, desired } = deployment.replicas;
          const { glyph, tone } = entityMark(deployment);
          const done = Math.min(updated, ready);
          return (
            <li key={deployment.uid} className="flex h-13 items-center gap-3.5 text-[1.875rem]/[2.25rem]">
              <Glyph name={glyph} className={`size-7.5 ${GLYPH_TONE[tone]}`} />
              <b className="w-60 truncate">{deployment.name}</b>
              <progress
                value={done}
                max={Math.max(1, desired)}
                aria-label={deployment.name}
                className={`h-5 w-50 appearance-none overflow-hidden rounded-chip bg-s4 [&::-moz-progress-bar]:bg-current [&::-webkit-progress-bar]:bg-s4 [&::-webkit-progress-value]:bg-current ${GLYPH_TONE[tone]}`}
              />
              <span className="ml-auto whitespace-nowrap">
                {text.rolloutOf(done, format.number(done), format.number(desired))}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
