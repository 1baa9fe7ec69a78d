import type { ReactNode } from 'react';

/** A button that is either on or off. */
export function ToggleButton({
  pressed,
  onPress,
  children,
}: {
  pressed: boolean;
  onPress(): void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="h-8 whitespace-nowrap rounded-tile border border-line bg-s1 px-3 text-t2 hover:text-t1 aria-pressed:bg-s4 aria-pressed:font-semibold aria-pressed:text-t1"
    >
      {children}
    </button>
  );
}
