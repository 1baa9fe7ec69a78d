import type { Difference } from '../judge.ts';

/** What an apiserver and its controllers of 1.32 put into objects that those of 1.20 did not. */
export const newerObjects: readonly Difference[] = [
  {
    mock: [
      /^\|\s+"?internalTrafficPolicy"?: "?Cluster"?,?$/,
      /^\|\s+"?ipFamilyPolicy"?: "?SingleStack"?,?$/,
      /^\|\s+"?ipFamilies"?:( \[)?$/,
      /^\|\s+(- IPv4|"IPv4")$/,
      /^\|\s+\],$/,
    ],
    command: /get svc .*-o (yaml|json)/,
    why: 'Services have families of addresses since 1.23 and a policy for traffic within the cluster since 1.22 (both were alpha, off)',
  },
  {
    command: /^describe svc/,
    real: /^\|IP Families: {2}<none>$/,
    mock: [/^\|IP Family Policy: {2}SingleStack$/, /^\|IP Families: {2}IPv4$/],
    why: 'Services have families of addresses since 1.23',
  },
  {
    command: /^describe svc/,
    kubectl: [23, 99],
    mock: /^\|Internal Traffic Policy: {2}Cluster$/,
    why: 'Services have a policy for traffic within the cluster since 1.22',
  },
  {
    mock: [
      /^\|Labels: {2}kubernetes\.io\/metadata\.name=/,
      /^\| {2}labels:$/,
      /^\| {4}kubernetes\.io\/metadata\.name: /,
    ],
    command: /(describe|get) ns/,
    why: 'Namespaces are labelled with their name since 1.21',
  },
  {
    command: /^describe ns/,
    real: /^\|Labels: {2}<none>$/,
    mock: /^\|Labels: {2}kubernetes\.io\/metadata\.name=/,
    why: 'Namespaces are labelled with their name since 1.21',
  },
  {
    command: /^describe pod/,
    mock: /^\| {2}PodReadyToStartContainers {2}(True|False)$/,
    why: 'Pods have the condition PodReadyToStartContainers since 1.29',
  },
  {
    command: /^get pods?.*-o (yaml|json)/,
    mock: [
      /^\|\s+"?type"?: "?PodReadyToStartContainers"?$/,
      /^\|\s+(- )?"?lastProbeTime"?: null,?$/,
      /^\|\s+"?lastTransitionTime"?: "<time>",?$/,
      /^\|\s+"?status"?: "True",?$/,
      /^\|\s+[{}],?$/,
    ],
    why: 'Pods have the condition PodReadyToStartContainers since 1.29',
  },
  {
    command: /(describe|get) pod db-0/,
    mock: /^\|\s+apps\.kubernetes\.io\/pod-index[=:] ?"?0"?$/,
    why: 'Pods of a StatefulSet are labelled with their index since 1.28',
  },
  { command: 'get ds agent -o yaml', mock: /^\|\s+maxSurge: 0$/, why: 'DaemonSets may surge since 1.22' },
  {
    command: 'get sts db -o yaml',
    mock: /^\|\s+availableReplicas: 2$/,
    why: 'StatefulSets count the available since 1.22',
  },
  {
    command: 'get endpoints redis-master -o yaml',
    real: /^\|\s+resourceVersion: "<version>"$/,
    why: 'Endpoints name the version of a pod no more since 1.22, so that they need not change with it',
  },
  {
    command: /^get (hpa|horizontalpodautoscaler).* -o yaml/,
    real: [/^\|apiVersion: autoscaling\/v1$/, /^\| {2}targetCPUUtilizationPercentage: 80$/],
    mock: [
      /^\|apiVersion: autoscaling\/v2$/,
      /^\| {2}metrics:$/,
      /^\| {2}- resource:$/,
      /^\| {6}name: cpu$/,
      /^\| {6}target:$/,
      /^\| {8}(averageUtilization: 80|type: Utilization)$/,
      /^\| {4}type: Resource$/,
    ],
    why: 'autoscaling/v2 is preferred since 1.23; 1.20 preferred v1',
  },
  {
    command: /^get secrets$/,
    real: /^\|default-token-<any>/,
    why: 'ServiceAccounts get no Secret with a token since 1.24',
  },
  {
    command: /^(get|describe) sa/,
    real: [
      /^\|secrets:$/,
      /^\|- name: robot-token-<any>$/,
      /^\|default {2}1 {2}<age>$/,
      /^\|(Mountable secrets|Tokens): {2}default-token-<any>$/,
    ],
    why: 'ServiceAccounts get no Secret with a token since 1.24',
  },
  {
    command: /^(get|describe) sa/,
    mock: [/^\|default {2}0 {2}<age>$/, /^\|(Mountable secrets|Tokens): {2}<none>$/],
    why: 'ServiceAccounts get no Secret with a token since 1.24',
  },
  {
    command: /^get events .*ScalingReplicaSet -o yaml/,
    real: /^\|\s+reportingComponent: ""$/,
    mock: /^\|\s+reportingComponent: deployment-controller$/,
    why: 'Events name their reporting component since 1.27 whichever recorder wrote them',
  },
];
