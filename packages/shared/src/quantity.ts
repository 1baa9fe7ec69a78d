/** Why a text is no quantity. */
export class QuantityError extends Error {
  readonly reason = 'quantity';

  constructor(text: string) {
    super(
      `"${text}" is no quantity: write a number with a suffix such as m, k, M, G, Ki, Mi, Gi, or an exponent (1e3)`,
    );
    this.name = 'QuantityError';
  }
}

/** Powers of ten, and of two, by suffix (apimachinery's `pkg/api/resource/suffix.go`). */
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Record<string, bigint> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

const QUANTITY = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([eE][+-]?\d+)|([KMGTPE]i)|([numkMGTPE]?))$/;

/**
 * A Kubernetes resource quantity, exact, in nano-units: `100m` is 100,000,000n, `1Gi` is 2^30 · 10^9. What is finer than
 * a nano-unit is rounded up in size, as Kubernetes does. Throws a QuantityError.
 */
export function parseQuantity(text: string): bigint {
  const match = QUANTITY.exec(text);
  if (match === null) throw new QuantityError(text);
  const [, sign, number = '', exponent, binary, decimal = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(whole + fraction || '0');
  const tens = 9 - fraction.length + (exponent === undefined ? (DECIMAL[decimal] ?? 0) : Number(exponent.slice(1)));
  if (Math.abs(tens) > 400) throw new QuantityError(text);
  const shifted = binary === undefined ? digits : digits << (BINARY[binary] ?? 0n);
  const size = tens >= 0 ? shifted * 10n ** BigInt(tens) : divideUp(shifted, 10n ** BigInt(-tens));
  return sign === '-' ? -size : size;
}

const NANO = 1_000_000_000;
const AMOUNTS_KEPT = 20_000;
const amounts = new Map<string, number>();

/**
 * How much of a resource a quantity is: of cpu in millicores, of all others in whole units (bytes, for memory), rounded
 * up as the scheduler does (`MilliValue`, `Value`). A text is read once. Throws a QuantityError.
 */
export function amountOf(resource: string, quantity: string): number {
  const perUnit = resource === 'cpu' ? 1000 : 1;
  const key = perUnit === 1 ? quantity : `m ${quantity}`;
  const known = amounts.get(key);
  if (known !== undefined) return known;
  const amount = Math.ceil((Number(parseQuantity(quantity)) * perUnit) / NANO);
  if (amounts.size >= AMOUNTS_KEPT) amounts.clear();
  amounts.set(key, amount);
  return amount;
}

/** Below zero when the first is smaller, above when it is greater, else 0. Throws a QuantityError. */
export function compareQuantities(a: string, b: string): number {
  const difference = parseQuantity(a) - parseQuantity(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const DECIMAL_DOWN = Object.entries(DECIMAL).sort(([, a], [, b]) => b - a);
const BINARY_DOWN = Object.entries(BINARY).toReversed();

/**
 * Nano-units as a quantity with the largest suffix that leaves a whole number: `1500m`, `2`, `1Gi`. `binary` prefers
 * Ki, Mi, Gi…, as memory is written.
 */
export function formatQuantity(nanos: bigint, form: 'decimal' | 'binary' = 'decimal'): string {
  if (nanos === 0n) return '0';
  if (form === 'binary') {
    for (const [suffix, power] of BINARY_DOWN) {
      const unit = (10n ** 9n) << power;
      if (nanos % unit === 0n) return `${nanos / unit}${suffix}`;
    }
    if (nanos % 10n ** 9n === 0n) return String(nanos / 10n ** 9n);
  }
  for (const [suffix, power] of DECIMAL_DOWN) {
    const unit = 10n ** BigInt(power + 9);
    if (nanos % unit === 0n) return `${nanos / unit}${suffix}`;
  }
  return `${nanos}n`;
}

function divideUp(a: bigint, b: bigint): bigint {
  return (a + b - 1n) / b;
}
