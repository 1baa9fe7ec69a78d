const STABILITY = ['alpha', 'beta', ''];

interface Version {
  major: number;
  stability: number;
  minor: number;
}

function parse(name: string): Version | undefined {
  const [, major, stability = '', minor] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name) ?? [];
  if (major === undefined) return undefined;
  return { major: Number(major), stability: STABILITY.indexOf(stability), minor: Number(minor ?? 0) };
}

/** Orders versions as discovery names them: v2, v1, v1beta2, v1alpha1, then all others by name (`CompareKubeAwareVersionStrings`). */
export function byVersionPriority(a: string, b: string): number {
  const [one, other] = [parse(a), parse(b)];
  if (!one || !other) return one ? -1 : other ? 1 : a < b ? -1 : 1;
  return other.stability - one.stability || other.major - one.major || other.minor - one.minor;
}
