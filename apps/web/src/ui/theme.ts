import { useCallback, useState } from 'react';

/** The themes one can choose between; the wall has its own. `public/theme.js` sets the first one before the first paint. */
export type Theme = 'dark' | 'light';

/** Where the choice is kept; `public/theme.js` reads the same. */
const KEY = 'portolan.theme';

/** The theme of the page, and the way to the other one, which is remembered. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() =>
    document.documentElement.dataset.theme === 'light' ? 'light' : 'dark',
  );
  const toggle = useCallback(() => {
    setTheme((now) => {
      const next = now === 'dark' ? 'light' : 'dark';
      document.documentElement.dataset.theme = next;
      remember(KEY, next);
      return next;
    });
  }, []);
  return [theme, toggle];
}

/** Keeps a choice for the next visit, where the browser lets the page keep anything; answers whether it did. */
export function remember(key: string, value: string): boolean {
  try {
    localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

/** A choice of an earlier visit, or null. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
