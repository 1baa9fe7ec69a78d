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
    command: /^(get|describe) endpoints redis-master/,
    real: /^\|Annotations: {2}<none>$/,
    mock: /^\|( {2}annotations:|(Annotations:)?\s+endpoints\.kubernetes\.io\/last-change-trigger-time: "?<time>"?)$/,
    why: 'Endpoints of 1.20 were written again with each version of a pod, and so lost the time of what had changed them',
    sometimes: true,
  },
  {
    command: 'get endpoints redis-master -o yaml',
    mock: /^\|( {2}annotations:|\s+endpoints\.kubernetes\.io\/last-change-trigger-time: "<time>")$/,
    why: 'Endpoints of 1.20 were written again with each version of a pod, and so lost the time of what had changed them',
    sometimes: true,
  },
  {
    command: 'get endpoints redis-master -o yaml',
    real: /^\|\s+resourceVersion: "<version>"$/,
    why: 'Endpoints name the version of a pod no more since 1.22, so that they need not change with it',
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
  {
    command: 'get svc web-lb -o yaml',
    mock: /^\|\s+allocateLoadBalancerNodePorts: true$/,
    why: 'Services with load balancers say since 1.22 whether they need node ports',
  },
  {
    command: 'get sts db -o yaml',
    mock: [/^\|\s+persistentVolumeClaimRetentionPolicy:$/, /^\|\s+when(Deleted|Scaled): Retain$/],
    why: 'StatefulSets say since 1.27 what becomes of their claims',
  },
  {
    command: /^get pv .*-o yaml/,
    mock: /^\|\s+lastPhaseTransitionTime: "<time>"$/,
    why: 'PersistentVolumes say since 1.28 when they came into their phase',
  },
  {
    command: /^describe job/,
    real: /^\|\s*(Selector|Labels): {2}controller-uid=<uid>$/,
    mock: [
      /^\|\s*(Selector|Labels): {2}batch\.kubernetes\.io\/controller-uid=<uid>$/,
      /^\|\s+(batch\.kubernetes\.io\/job-name=once|controller-uid=<uid>)$/,
    ],
    why: 'Jobs are labelled and selected in the group of their kind since 1.27',
  },
  {
    command: /^describe job/,
    kubectl: [24, 99],
    real: /^\|Pods Statuses: {2}1 Active \/ 0 Succeeded \/ 0 Failed$/,
    mock: [
      /^\|Completion Mode: {2}NonIndexed$/,
      /^\|Suspend: {2}false$/,
      /^\|Pods Statuses: {2}1 Active \(0 Ready\) \/ 0 Succeeded \/ 0 Failed$/,
    ],
    why: 'Jobs have a mode of completion and may be suspended since 1.21, and count the ready since 1.24',
  },
  {
    command: /^get (job|cronjob) \w+ -o yaml/,
    mock: [
      /^\| {2}generation: 1$/,
      /^\|\s+batch\.kubernetes\.io\/(controller-uid: <uid>|job-name: once)$/,
      /^\|\s+(completionMode: NonIndexed|manualSelector: false|podReplacementPolicy: TerminatingOrFailed|suspend: false)$/,
      /^\|\s+(ready: 0|terminating: 0|uncountedTerminatedPods: \{\})$/,
    ],
    why: 'Jobs have a generation and modes since 1.21 to 1.28, and are labelled in the group of their kind since 1.27',
  },
  {
    command: 'get job once -o yaml',
    real: /^\|\s+controller-uid: <uid>$/,
    mock: /^\|\s+batch\.kubernetes\.io\/controller-uid: <uid>$/,
    why: 'Jobs select in the group of their kind since 1.27',
  },
  {
    command: 'get cronjob tick -o yaml',
    real: /^\|apiVersion: batch\/v1beta1$/,
    mock: /^\|apiVersion: batch\/v1$/,
    why: 'CronJobs are batch/v1 since 1.21; v1beta1 was the only version of 1.20',
  },
  {
    command: 'get pdb web -o yaml',
    real: /^\|apiVersion: policy\/v1beta1$/,
    mock: [
      /^\|apiVersion: policy\/v1$/,
      /^\| {2}conditions:$/,
      /^\| {2}- lastTransitionTime: "<time>"$/,
      /^\| {4}(message: ""|reason: InsufficientPods|status: "False"|type: DisruptionAllowed)$/,
    ],
    why: 'Budgets are policy/v1 since 1.21 and have a condition since 1.22',
  },
  {
    command: /^(describe|get events).*\bfar/,
    real: /FailedScheduling .*didn't match Pod's node affinity\.$/,
    mock: /FailedScheduling .*didn't match Pod's node affinity\/selector\. preemption: 0\/2 nodes are available: 2 Preemption is not helpful for scheduling\.$/,
    why: 'The scheduler tells since 1.24 what preemption could do, too',
  },
  {
    scene: 'server-applies',
    command: /^get cm settings -o/,
    real: /^\|(other kubectl|\s+(f:|manager: (other|kubectl)).*)$/,
    mock: /^\|(kubectl other|\s+(f:|manager: (other|kubectl)).*)$/,
    why: "An applier's time moves since 1.22 only when the object changes, and managers stand in the order of their times",
    sometimes: true,
  },
  {
    scene: 'server-applies',
    command: 'apply --server-side -f web2.yaml',
    real: /^\|deployment\.apps\/web serverside-applied$/,
    mock: [
      /^!error: Apply failed with 1 conflict: conflict with "[\w.]+" with subresource "scale" using apps\/v1: \.spec\.replicas$/,
      /^!(Please review|are the ways|\* (If|You)| {2}\w|See http)/,
      /^=1$/,
    ],
    why: 'Who scales owns the number of replicas since 1.22, and an applier that still names it conflicts with that',
  },
  {
    scene: 'server-applies',
    command: 'apply --server-side -f -',
    real: /^!Error from server: failed to create typed patch object: /,
    mock: /^!Error from server: failed to create typed patch object \(\$NS\/settings; v1, Kind=ConfigMap\): /,
    why: 'What cannot be applied is named since 1.23',
  },
];
