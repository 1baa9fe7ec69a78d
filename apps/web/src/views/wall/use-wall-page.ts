import { useEffect } from 'react';
import { useConnection } from '../../store/live.tsx';

/** The longest a wall waits before it loads the page anew: a hundred walls don't all ask at once. */
const SPREAD = 60_000;

/** While the wall is shown the page wears its theme, and follows the server to a new version by itself. */
export function useWallPage(): void {
  const { newBuild, connection } = useConnection();
  const outdated = (newBuild && connection.state === 'live') || connection.state === 'stopped';
  useEffect(() => {
    const { dataset } = document.documentElement;
    const before = dataset.theme;
    dataset.theme = 'wall';
    return () => {
      dataset.theme = before === 'wall' ? 'dark' : before;
    };
  }, []);
  useEffect(() => {
    if (!outdated) return;
    const timer = setTimeout(() => window.location.reload(), 1_000 + Math.random() * SPREAD);
    return () => clearTimeout(timer);
  }, [outdated]);
}
