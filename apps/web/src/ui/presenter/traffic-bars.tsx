import type { Traffic } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';

const SECONDS = 60;
/** Room for the answers of a second, and for its failures below the line. */
const UP = 40;
const DOWN = 20;
/** A bar and the gap after it, of 60 in the panel's width. */
const STEP = 5.2;
const BAR = 3.6;
/** A failure among many answers is still seen. */
const LEAST = 3;

/** The last minute, a bar a second: answers grow up from the line, failures hang below it, hatched by their own outline. */
export function TrafficBars({ report }: { report: Traffic }) {
  const { text, format } = useI18n();
  const seconds = report.lastSeconds.slice(-SECONDS);
  const most = Math.max(1, ...seconds.map(({ answered, failed }) => answered + failed));
  const sum = (of: 'answered' | 'failed') => seconds.reduce((total, second) => total + second[of], 0);
  const label = text.trafficMinute(format.number(sum('answered')), format.number(sum('failed')));
  const heightOf = (count: number, room: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * room));
  const first = SECONDS - seconds.length;
  return (
    <figure className="mt-4">
      <svg role="img" aria-label={label} viewBox={`0 0 ${SECONDS * STEP} ${UP + DOWN + 1}`} className="w-full">
        <rect x="0" y={UP} width={SECONDS * STEP} height="1" fill="var(--line2)" />
        {seconds.map(({ answered, failed }, index) => {
          const x = (first + index) * STEP;
          const [up, down] = [heightOf(answered, UP), heightOf(failed, DOWN)];
          return (
            <g key={x}>
              <rect x={x} y={UP - up} width={BAR} height={up} fill="var(--ready-q)" />
              <rect x={x} y={UP + 1} width={BAR} height={down} fill="var(--fail)" />
            </g>
          );
        })}
      </svg>
      <figcaption className="mt-1 text-12 text-t2">{label}</figcaption>
    </figure>
  );
}
