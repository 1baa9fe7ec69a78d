import type { Random } from '@portolan/shared';

/** A pool that is empty, or an address that is taken. */
export class AddressError extends Error {
  readonly reason: 'exhausted' | 'allocated' | 'outside';

  constructor(reason: AddressError['reason'], message: string) {
    super(message);
    this.name = 'AddressError';
    this.reason = reason;
  }
}

/** Which service addresses to draw from; `reserved` gives `namespace/name` the address it always had. */
export interface ServiceRange {
  cidr: string;
  reserved: Record<string, string>;
}

const NODE_PORTS = { first: 30_000, last: 32_767 };

const toNumber = (ip: string) => ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toIp = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

/** First address and count of an IPv4 range. */
export function parseCidr(cidr: string): { first: number; size: number } {
  const [ip = '', bits = ''] = cidr.split('/');
  return { first: toNumber(ip), size: 2 ** (32 - Number(bits)) };
}

/** The addresses of an IPv4 range that machines may have, in order: neither the network's own nor the broadcast's. */
export function* addressesIn(cidr: string): Generator<string> {
  const { first, size } = parseCidr(cidr);
  for (let offset = 1; offset < size - 1; offset++) yield toIp(first + offset);
}

/** Draws cluster addresses and node ports that the given services do not use yet. */
export class AddressPool {
  readonly #random: Random;
  readonly #range: ServiceRange;

  constructor(range: ServiceRange, random: Random) {
    this.#range = range;
    this.#random = random;
  }

  /** A free cluster address for the service `namespace/name`. */
  clusterIP(service: string, isUsed: (ip: string) => boolean): string {
    const reserved = this.#range.reserved[service];
    if (reserved && !isUsed(reserved)) return reserved;
    const kept = new Set(Object.values(this.#range.reserved));
    const { first, size } = parseCidr(this.#range.cidr);
    const start = Math.floor(this.#random() * (size - 2));
    for (let step = 0; step < size - 2; step++) {
      const ip = toIp(first + 1 + ((start + step) % (size - 2)));
      if (!kept.has(ip) && !isUsed(ip)) return ip;
    }
    throw new AddressError('exhausted', `no free address in ${this.#range.cidr}`);
  }

  /** Whether an address asked for lies within the range. */
  contains(ip: string): boolean {
    const { first, size } = parseCidr(this.#range.cidr);
    const number = toNumber(ip);
    return number > first && number < first + size - 1;
  }

  get cidr(): string {
    return this.#range.cidr;
  }

  /** A free node port. */
  nodePort(isUsed: (port: number) => boolean): number {
    const count = NODE_PORTS.last - NODE_PORTS.first + 1;
    const start = Math.floor(this.#random() * count);
    for (let step = 0; step < count; step++) {
      const port = NODE_PORTS.first + ((start + step) % count);
      if (!isUsed(port)) return port;
    }
    throw new AddressError('exhausted', 'no free node port in 30000-32767');
  }
}
