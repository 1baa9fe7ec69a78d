/** What a server counts of its viewers: those connected, and the streams that were ever opened. */
export async function viewers(url: string | null): Promise<{ clients: number; opened: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const total = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)`, 'gm'))].reduce((sum, [, n]) => sum + Number(n), 0);
  return { clients: total('portolan_stream_clients'), opened: total('portolan_stream_opened_total') };
}
