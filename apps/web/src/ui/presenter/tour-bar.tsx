import type { Tour, TourCommand } from '@portolan/shared';
import { useI18n } from '../../i18n/i18n.tsx';
import { Failure, IconButton, Select } from './controls.tsx';

const PACES = [3, 6, 10, 20, 40];

interface TourBarProps {
  tour: Tour;
  disabled: boolean;
  onCommand(command: TourCommand): void;
}

/** Plays, pauses, steps and ends the tour, and sets how long it lets one look. */
export function TourBar({ tour, disabled, onCommand }: TourBarProps) {
  const { text, format } = useI18n();
  const { state, phase, pace, problem } = tour;
  const playing = state === 'playing';
  const play = { idle: text.tourPlay, paused: text.tourGoOn, finished: text.tourAgain, playing: text.tourPause }[state];
  const said = text.tourState[state === 'playing' ? (phase ?? 'settling') : state];
  return (
    <div className="mt-4">
      <div className="flex gap-2">
        <IconButton
          icon={playing ? 'pause' : 'play'}
          name={play}
          disabled={disabled}
          onClick={() => onCommand({ do: playing ? 'pause' : 'play' })}
          data-testid="tour-play"
        />
        <IconButton
          icon="stepOnce"
          name={text.tourStep}
          disabled={disabled || playing}
          onClick={() => onCommand({ do: 'step' })}
          data-testid="tour-step"
        />
        <IconButton
          icon="stop"
          name={text.tourStop}
          disabled={disabled || state === 'idle'}
          onClick={() => onCommand({ do: 'stop' })}
          data-testid="tour-stop"
        />
        <div className="ml-auto">
          <Select
            label={text.tourPace}
            value={String(pace)}
            options={[...new Set([...PACES, pace])]
              .sort((a, b) => a - b)
              .map((seconds) => [String(seconds), text.tourPaceOf(format.number(seconds))])}
            onChange={(seconds) => onCommand({ do: 'pace', pace: Number(seconds) })}
          />
        </div>
      </div>
      <p aria-live="polite" className="mt-2 text-12 text-t2" data-testid="tour-state" data-state={state}>
        {said}
      </p>
      {problem !== null && <Failure>{text.tourPaused(problem)}</Failure>}
    </div>
  );
}
