// Runs before the first paint, so that a stored choice does not flash in the other colours. A file and not an
// inline script, so that a content security policy can forbid inline scripts.
try {
  const theme = localStorage.getItem('arena-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the system's colours are used.
}
