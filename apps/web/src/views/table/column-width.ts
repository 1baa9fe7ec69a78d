/** Widths of columns in pixels by their headings, wide enough for what they mostly print; the rest is cut. */
const WIDTHS: Readonly<Record<string, number>> = {
  NAMESPACE: 144,
  NAME: 280,
  READY: 84,
  STATUS: 168,
  RESTARTS: 124,
  AGE: 80,
  IP: 124,
  NODE: 152,
  ROLES: 152,
  VERSION: 148,
  'INTERNAL-IP': 132,
  TYPE: 128,
  'CLUSTER-IP': 132,
  SELECTOR: 320,
  IMAGES: 320,
  'LAST SEEN': 108,
  REASON: 168,
  OBJECT: 280,
  MESSAGE: 440,
  COUNT: 84,
  DESIRED: 100,
  CURRENT: 100,
  'UP-TO-DATE': 120,
  AVAILABLE: 112,
  COMPLETIONS: 124,
  DURATION: 104,
  SUSPEND: 100,
  ACTIVE: 84,
  CAPACITY: 108,
  MINPODS: 100,
  MAXPODS: 100,
  REPLICAS: 104,
  TARGETS: 240,
  REFERENCE: 240,
  ENDPOINTS: 320,
  CLAIM: 240,
  HOSTS: 320,
  REQUEST: 320,
  LIMIT: 320,
};
const OTHER = 180;

/** The width of a column in pixels: by its heading alone, so that no row that comes into view changes it. */
export function columnWidth(title: string): number {
  return WIDTHS[title] ?? OTHER;
}
