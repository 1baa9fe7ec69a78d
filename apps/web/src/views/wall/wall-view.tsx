/** The wall. */
export function WallView(_props: { cluster: string }) {
  return <main />;
}
