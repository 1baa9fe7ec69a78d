import type { ChartTexts } from './chart-texts.ts';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** The words of the picture in English. */
export const chartTextsEn: ChartTexts = {
  chart: (namespace) => `Topology of ${namespace}`,
  pod: (name, status, node) => `Pod ${name}, ${status}, ${node ?? 'on no node'}`,
  podOnNode: (name, status, node) => `Pod ${name} on ${node}, ${status}`,
  card: (kind, name, state) => `${kind} ${name}, ${state}`,
  loosePods: 'Pods without a controller',
  available: 'available',
  ready: 'ready',
  active: 'active',
  strategy: (type, surge, unavailable) =>
    surge === null || unavailable === null ? type : `maxSurge ${surge}, maxUnavailable ${unavailable}`,
  amount: (given, pods) => (given === String(pods) ? given : `${given} (${pods})`),
  onePodANode: 'one pod a node',
  openOnNodes: 'open on every node',
  external: (addresses) => `external ${addresses}`,
  noSelector: 'no selector',
  selectsNoPod: 'selects no pod',
  of: (total) => `of ${total}`,
  readyCount: (ready) => `${ready} ready`,
  revision: (revision) => `Revision ${revision}`,
  newest: 'Revision',
  version: (revision) => `v${revision}`,
  readyOf: (ready, of) => `${ready} of ${of} ready`,
  older: (revisions) => count(revisions, 'older revision', 'older revisions'),
  pods: (n) => count(n, 'pod', 'pods'),
  trend: { growing: 'growing', shrinking: 'shrinking', stalled: 'stalled', paused: 'paused' },
  mark: {
    ready: 'ready',
    notready: 'not ready',
    pending: 'pending',
    creating: 'starting',
    fail: 'failing',
    pull: 'image not pulled',
    terminating: 'terminating',
    completed: 'completed',
    unknown: 'unknown',
  },
  toCome: 'to come',
  whereRun: 'Where the pods run',
  moreNodes: (nodes, pods) => `and ${count(nodes, 'more node', 'more nodes')} with ${count(pods, 'pod', 'pods')} here`,
  podsOfCapacity: (pods, capacity, here) =>
    `${here === pods ? '' : `${here} here, `}${capacity === null ? count(pods, 'pod', 'pods') : `${pods} of ${capacity} pods`}`,
  unknownNode: 'not listed',
};
