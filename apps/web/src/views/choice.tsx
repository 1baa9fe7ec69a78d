import type { ReactNode } from 'react';
import { Glyph } from './glyph.tsx';

export interface ChoiceProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** How high it stands. */
  height?: 'h-7' | 'h-8';
  /** How wide and how strong the chosen words are. */
  className?: string;
  testId: string | undefined;
  /** Its options. */
  children: ReactNode;
}

/** A choice of one of several, with what it is of before it. */
export function Choice({ label, value, onChange, height = 'h-8', className = '', testId, children }: ChoiceProps) {
  return (
    <label
      className={`relative flex ${height} min-w-0 items-center gap-2 whitespace-nowrap rounded-tile border border-line bg-s2 pl-3 focus-within:outline-2 focus-within:outline-sel`}
    >
      <span className="flex-none text-t3">{label}</span>
      <select
        value={value}
        onChange={({ target }) => onChange(target.value)}
        data-testid={testId}
        className={`h-full appearance-none bg-transparent pr-8 outline-none [&_optgroup]:bg-s2 [&_option]:bg-s2 ${className}`}
      >
        {children}
      </select>
      <Glyph name="chev" className="pointer-events-none absolute right-2.5 size-3 text-t2" />
    </label>
  );
}
