import type { Difference } from '../judge.ts';

/** What hollow kubelets do: a fake container runtime, one address for all pods, no images pulled, a node of their own making. */
export const hollowKubelets: readonly Difference[] = [
  {
    command: /^(describe pod|get events|events)/,
    mock: /^\|.*\b(Pulling|Pulled|Created|Started)\b.*\b(image|[Cc]ontainer)\b/,
    why: 'Hollow kubelets run nothing, so they tell of nothing pulled, created and started',
  },
  {
    command: /^(get|describe) pod/,
    real: /^\|\s+"?(Image ID|imageID)"?: {1,2}"?[\w./:-]+"?,?$/,
    mock: /^\|\s+"?(Image ID|imageID)"?: {1,2}"?[\w./:@-]+"?,?$/,
    why: 'A fake runtime names an image as it was asked for; containerd by registry and digest',
  },
  {
    command: /^get endpointslices/,
    real: /^\|web-<any> {2}IPv4 {2}80 {2}<ip> {2}<age>$/,
    mock: /^\|web-<any> {2}IPv4 {2}80 {2}<ip>,<ip> {2}<age>$/,
    why: 'All pods of hollow kubelets share one address',
  },
  {
    command: /^get pods -w/,
    mock: /^\|(\w+ {2})?(web-<hash>|two) {2}0\/1 {2}Running {2}0/,
    why: 'Where containers run, they are ready some time after they have started',
  },
  {
    command: /^get node/,
    real: /^\|node\d {2}\S+ {2}\S+ {2}<age> {2}v1\.20\.2/,
    mock: /^\|node\d {2}\S+ {2}\S+ {2}<age> {2}v1\.32\.\d/,
    why: 'The nodes run kubelets of the version of their control plane, on systems of their own',
  },
];
