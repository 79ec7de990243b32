/** Light or dark: the system's choice until the visitor makes one, which is then kept in this browser. */
import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

/** Read by public/theme.js before the first paint too. */
const KEY = 'arena-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function current(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

function announce(): void {
  for (const listener of listeners) listener();
}
system.addEventListener('change', announce);

/** The theme in force. */
export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}

/** Chooses a theme for this browser; choosing the system's own forgets the choice. */
export function chooseTheme(theme: Theme): void {
  const own = theme !== (system.matches ? 'dark' : 'light');
  if (own) document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
  try {
    if (own) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
  announce();
}
