import type { ReactNode } from 'react';
import { Choice } from '../../views/choice.tsx';
import { Glyph, type GlyphName } from '../../views/glyph.tsx';

/** Something that went wrong, said at once. */
export function Failure({ children }: { children: string }) {
  return (
    <p role="alert" className="mt-3 break-words rounded-card bg-fail-bg p-3 text-fail-t">
      {children}
    </p>
  );
}

const BUTTON =
  'inline-flex h-8 items-center justify-center gap-2 whitespace-nowrap rounded-tile border border-line2 bg-s2 px-3 hover:bg-s3 disabled:border-line disabled:bg-transparent disabled:text-t3';

/** A button with words, and an icon where it helps. */
export function Button({ icon, children, type = 'button', ...props }: ButtonProps & { children: ReactNode }) {
  return (
    <button type={type} {...props} className={BUTTON}>
      {icon && <Glyph name={icon} className="size-3" />}
      {children}
    </button>
  );
}

/** A button that is an icon alone; its name is read and shown as a tooltip. */
export function IconButton({ icon, name, ...props }: ButtonProps & { icon: GlyphName; name: string }) {
  return (
    <button type="button" {...props} aria-label={name} title={name} className={`${BUTTON} w-8 px-0`}>
      <Glyph name={icon} className="size-3.5" />
    </button>
  );
}

interface ButtonProps {
  icon?: GlyphName;
  /** A form is sent by its one button of type `submit`. */
  type?: 'button' | 'submit';
  disabled?: boolean;
  onClick?(): void;
  'data-testid'?: string;
}

/** A choice of a few. */
export function Select({ label, value, options, onChange, testId }: SelectProps) {
  return (
    <Choice label={label} value={value} onChange={onChange} className="w-full min-w-0 truncate" testId={testId}>
      {options.map(([id, title]) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </Choice>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [id: string, title: string])[];
  onChange(value: string): void;
  testId?: string;
}
