/**
 * True when every label of a Service's selector is among `labels`. A service without a selector, or with an empty one,
 * selects nothing (Kubernetes' pkg/controller/endpoint).
 */
export function matches(selector: Record<string, string> | null, labels: Record<string, string>): boolean {
  if (!selector) return false;
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value);
}
