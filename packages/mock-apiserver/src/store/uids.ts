import type { Random } from '@portolan/shared';

/** Makes uids; two lives of one cluster that share the seed share none, for they begin at other times (`now`, epoch ms). */
export function uidsOf(now: number, random: Random): () => string {
  const seed = ((now % 2 ** 32) >>> 0).toString(16).padStart(8, '0');
  let made = 0;
  return () => {
    made += 1;
    const serial = made.toString(16).padStart(12, '0');
    const noise = Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
    return `${seed}-${noise}-4${noise.slice(1)}-8${noise.slice(0, 3)}-${serial}`;
  };
}
