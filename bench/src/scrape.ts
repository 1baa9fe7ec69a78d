import type { FedServer } from './fed-server.ts';

/** The numbers that a server serves for Prometheus, by name and labels as they are written there. */
export async function scrape({ server }: FedServer): Promise<Map<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(rows.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]));
}
