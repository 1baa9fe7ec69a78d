import { describe, expect, it } from 'vitest';
import {
  graphOf,
  sampleApplication,
  sampleDeployment,
  sampleGuestbook,
  sampleNode,
  samplePod,
  sampleReplicaSet,
  sampleService,
} from '../testing/sample-cluster.ts';
import { layoutOf, measure } from '../testing/sample-layout.ts';
import { chartTextsEn } from './chart-texts-en.ts';
import { chartTextsZh } from './chart-texts-zh.ts';
import { scene } from './scene.ts';
import type { CardShape, Part, Scene } from './shape.ts';

function draw(graph: ReturnType<typeof graphOf>, selected: string | null = null, texts = chartTextsEn): Scene {
  const made = layoutOf(graph);
  return scene(graph, made, { texts, measure, selected });
}

function words(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : []));
}

function card(made: Scene, kind: string, name: string): CardShape {
  const found = [...made.cards, ...made.nodes].find((shape) => shape.kind === kind && shape.name === name);
  if (!found) throw new Error(`no ${kind} ${name} is drawn`);
  return found;
}

/** The guestbook while frontend goes from revision 1 to 2: one new pod ready, one being created, one to come. */
function rollout() {
  const starting = { status: 'ContainerCreating', isReady: false, phase: 'Pending' };
  return graphOf([
    ...sampleGuestbook().filter((entity) => entity.uid !== 'pod/frontend-1-p2'),
    sampleReplicaSet('frontend', 1, 2),
    sampleReplicaSet('frontend', 2, 2),
    samplePod('frontend', 2, 'aaaaa', 'node1'),
    samplePod('frontend', 2, 'w9kcd', 'node2', starting),
    samplePod('frontend', 1, 'ljwbg', 'node2', { status: 'Terminating', deleting: 1 }),
  ]);
}

describe('scene', () => {
  it('[V1] draws the guestbook: 3 services, 3 deployments, 6 pods in their lanes and on 2 nodes', () => {
    const made = draw(graphOf(sampleGuestbook()));
    expect(made.cards.filter((shape) => shape.kind === 'Service')).toHaveLength(3);
    expect(made.cards.filter((shape) => shape.kind === 'Deployment')).toHaveLength(3);
    expect(made.pods).toHaveLength(6);
    expect(made.slots.map((slot) => slot.uid).toSorted()).toEqual(made.pods.map((pod) => pod.uid).toSorted());
    expect(made.nodes.map((node) => node.name)).toEqual(['node1', 'node2']);
  });

  it('[V16] a service says its type, its ports, its selector, and counts its pods by glyph', () => {
    const made = draw(rollout());
    const service = card(made, 'Service', 'frontend');
    expect(words(service.parts)).toEqual([
      'frontend',
      'NodePort ',
      '80/TCP',
      'open on every node',
      '3 ready',
      '1',
      '1',
      'of 5',
    ]);
    expect(service.parts.flatMap((part) => (part.type === 'chip' ? [part.full] : []))).toEqual(['app=frontend']);
    expect(service.label).toBe('Service frontend, 3 ready, 1 starting, 1 terminating');
  });

  it('[V17] a deployment says how it rolls out, and each revision where it is going', () => {
    const made = draw(rollout());
    expect(words(card(made, 'Deployment', 'frontend').parts)).toEqual([
      'frontend',
      '3/3',
      'available',
      'maxSurge 25% (1), maxUnavailable 25% (0)',
    ]);
    const lanes = made.lanes.filter((lane) => lane.workload === 'frontend');
    expect(lanes.map((lane) => words(lane.parts))).toEqual([
      ['Revision 2', '2', 'v2', '1 of 2 ready', 'growing'],
      ['Revision 1', '1', 'v1', '2 of 2 ready', 'shrinking'],
    ]);
    expect(made.hollows).toHaveLength(1);
  });

  it('[V18] every pod is called by its suffix, its status and its node', () => {
    const made = draw(rollout());
    const pod = made.pods.find((mark) => mark.uid === 'pod/frontend-2-w9kcd');
    expect(pod).toMatchObject({ label: 'Pod w9kcd, ContainerCreating, node2', glyph: 'creating', tone: 'start' });
    const slot = made.slots.find((mark) => mark.uid === 'pod/frontend-2-w9kcd');
    expect(words(slot?.parts ?? [])).toEqual(['w9kcd', 'frontend v2']);
  });

  it('[V19] healthy pods of an older revision are quiet, and only those', () => {
    const made = draw(rollout());
    const quiet = made.pods.filter((pod) => pod.quiet).map((pod) => pod.uid);
    expect(quiet.toSorted()).toEqual(['pod/frontend-1-p0', 'pod/frontend-1-p1']);
  });

  it('[V20] the selected pod has its line to its node, and its lines from services stand out', () => {
    const made = draw(rollout(), 'pod/frontend-2-w9kcd');
    expect(made.runsOn).toMatch(/^M\d/);
    expect(made.edges.filter((edge) => edge.selected).map((edge) => edge.key)).toEqual([
      'service/frontend replicaset/frontend-2',
    ]);
    expect(made.pods.filter((pod) => pod.selected)).toHaveLength(1);
    expect(draw(rollout()).runsOn).toBeNull();
  });

  it('[V12] a service without a selector says so, and so does one that selects no pod', () => {
    const made = draw(graphOf([sampleService('kubernetes', null), sampleService('nobody', { app: 'nobody' })]));
    expect(words(card(made, 'Service', 'kubernetes').parts)).toContain('no selector');
    expect(words(card(made, 'Service', 'nobody').parts)).toContain('selects no pod');
  });

  it('[V16] a load balancer without an address says so in kubectl’s word, a headless service says None', () => {
    const ports = [{ name: null, port: 443, targetPort: 443, nodePort: 32201, protocol: 'TCP' }];
    const made = draw(
      graphOf([
        sampleService('edge', { app: 'a' }, { type: 'LoadBalancer', ports }),
        sampleService('db', { app: 'b' }, { clusterIP: 'None' }),
      ]),
    );
    expect(words(card(made, 'Service', 'edge').parts)).toContain('external <pending>');
    expect(words(card(made, 'Service', 'db').parts)).toContain('ClusterIP None ');
  });

  it('[V16] ports that have no room leave TCP out before they are cut', () => {
    const port = (number: number, protocol = 'TCP') => ({
      name: null,
      port: number,
      targetPort: number,
      nodePort: number + 30_000,
      protocol,
    });
    const made = draw(
      graphOf([sampleService('edge', { app: 'a' }, { type: 'LoadBalancer', ports: [port(443), port(53, 'UDP')] })]),
    );
    const ports = card(made, 'Service', 'edge').parts.find((part) => part.key === 'ports');
    expect(ports).toMatchObject({ full: '443:30443,53:30053/UDP' });
  });

  it('[V17] a controller without pods says so once', () => {
    const empty = { ...sampleReplicaSet('old', 1, 0), owner: null, revision: null };
    expect(draw(graphOf([empty])).lanes.map((lane) => words(lane.parts))).toEqual([['0 pods', '1']]);
  });

  it('[V14] on a narrow card a cordoned node keeps its whole name, since its glyph says the rest', () => {
    const nodes = Array.from({ length: 20 }, (_, index) => sampleNode(`n${index}`));
    const status = 'Ready,SchedulingDisabled';
    const cordoned = sampleNode('ip-10-0-09-abcd', { status, unschedulable: true });
    const said = words(card(draw(graphOf([...nodes, cordoned])), 'Node', 'ip-10-0-09-abcd').parts);
    expect(said).toContain('ip-10-0-09-abcd');
    expect(said.join(' ')).not.toContain('…');
  });

  it('[V10] among cells a problem is drawn larger, and over 3,000 pods are counted', () => {
    const crashed = samplePod('web', 1, 'bad', 'node1', { status: 'CrashLoopBackOff', isReady: false });
    const cells = draw(graphOf([...sampleApplication('web', 600, ['node1']), crashed]));
    expect(cells.pods.find((pod) => pod.uid === crashed.uid)).toMatchObject({ size: 3, glyphSize: 8, glyph: 'fail' });
    const counted = draw(graphOf([...sampleApplication('web', 3001, ['node1']), crashed]));
    expect(counted.pods).toEqual([]);
    expect(counted.lanes.flatMap((lane) => words(lane.parts))).toEqual(
      expect.arrayContaining(['3001 ready', '1 failing']),
    );
  });

  it('[V14] nodes for which there is no room are counted in words', () => {
    const nodes = Array.from({ length: 40 }, (_, index) => sampleNode(`n${index}`));
    expect(words(draw(graphOf(nodes)).heading)[1]).toMatch(/^and \d+ more nodes with 0 pods here$/);
  });

  it('[V9] says how many older revisions are not drawn', () => {
    const made = draw(graphOf([sampleDeployment('a', 1), sampleReplicaSet('a', 3, 1), sampleReplicaSet('a', 2, 0)]));
    expect(made.lanes.flatMap((lane) => words(lane.parts))).toContain('1 older revision');
  });

  it('[V21] in Chinese no English word of the picture is left but the names of Kubernetes', () => {
    const made = draw(rollout(), null, chartTextsZh);
    const all = [...made.lanes, ...made.cards].flatMap((shape) => words(shape.parts));
    expect(all).not.toEqual(expect.arrayContaining(['available']));
    expect(all).toEqual(expect.arrayContaining(['修订版本 2', '1/2 就绪', '增加中', '可用', '3 就绪']));
  });
});
