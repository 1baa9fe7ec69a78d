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
  {
    command: /^(get|describe) pod/,
    real: /^\|\s+"?image"?: "?[\w:]+"?,?$/,
    mock: /^\|\s+"?image"?: "?docker\.io\/library\/[\w:]+"?,?$/,
    why: 'containerd names an image in full in the status of a container',
  },
  {
    command: 'get node node1 -o yaml',
    real: [
      /^\| {2}providerID: kubemark:\/\/node1$/,
      /^\| {4}(ephemeral-storage: "0"|memory: 3840Mi)$/,
      /^\| {6}Port: \d+$/,
      /^\| {2}- names:$/,
      /^\| {4}- [\w./:-]+$/,
      /^\| {4}(bootID|machineID|systemUUID): ""$/,
      /^\| {4}(containerRuntimeVersion|kernelVersion|kubeProxyVersion|kubeletVersion|osImage): /,
    ],
    mock: [
      /^\| {4}volumes\.kubernetes\.io\/controller-managed-attach-detach: "true"$/,
      /^\| {2}(podCIDR: <ip>\/24|podCIDRs:|- <ip>\/24)$/,
      /^\| {4}(ephemeral-storage: 20Gi|memory: 2Gi)$/,
      /^\| {6}Port: 10250$/,
      /^\| {2}- names:$/,
      /^\| {4}(- [\w./:@-]+|sizeBytes: \d+)$/,
      /^\| {4}(bootID|machineID|systemUUID): \S+$/,
      /^\| {4}(containerRuntimeVersion|kernelVersion|kubeProxyVersion|kubeletVersion|osImage): /,
    ],
    why: 'A hollow node has a machine of its own making, and no network for its pods',
  },
  {
    command: 'describe node node1',
    real: [
      /^\| {2}(ephemeral-storage: {2}0|memory: {2}3840Mi)$/,
      /^\| {2}(Machine ID|System UUID|Boot ID):$/,
      /^\| {2}(Kernel Version|OS Image|Container Runtime Version|Kubelet Version|Kube-Proxy Version): /,
      /^\|ProviderID: {2}kubemark:\/\/node1$/,
    ],
    mock: [
      /^\|\s+volumes\.kubernetes\.io\/controller-managed-attach-detach: true$/,
      /^\| {2}(ephemeral-storage: {2}20Gi|memory: {2}2Gi)$/,
      /^\| {2}(Machine ID|System UUID|Boot ID): {2}\S+$/,
      /^\| {2}(Kernel Version|OS Image|Container Runtime Version|Kubelet Version|Kube-Proxy Version): /,
      /^\|PodCIDRs?: {2}<ip>\/24$/,
    ],
    why: 'A hollow node has a machine of its own making, and no network for its pods',
  },
];
