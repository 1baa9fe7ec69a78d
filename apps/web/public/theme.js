// Runs before the first paint; a file of its own because the page's policy allows no inline script.
(() => {
  const themes = ['dark', 'light'];
  const asked = new URLSearchParams(location.search).get('theme');
  let stored = null;
  try {
    stored = localStorage.getItem('portolan.theme');
  } catch {
    // The browser keeps nothing for this page; the preference decides.
  }
  const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  const theme = [asked, stored, preferred].find((name) => themes.includes(name));
  document.documentElement.dataset.theme = location.pathname === '/wall' ? 'wall' : theme;
})();
