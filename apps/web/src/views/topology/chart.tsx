/** The chart's element; the picture in it is drawn by `render/`. */
export function Chart(_props: { namespace: string; selected: string | null; onSelect(uid: string | null): void }) {
  return <svg data-testid="chart" className="size-full" />;
}
