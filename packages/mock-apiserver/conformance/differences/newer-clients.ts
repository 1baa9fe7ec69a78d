import type { Difference } from '../judge.ts';

/** What kubectl does otherwise when it speaks with an apiserver of its time than with one of 1.20. */
export const newerClients: readonly Difference[] = [
  {
    command: /^describe svc/,
    kubectl: [31, 99],
    real: /^\|Endpoints: {2}<none>$/,
    mock: /^\|Endpoints: {2}<ip>:\d+(,<ip>:\d+)*$/,
    why: 'kubectl describes endpoints by slices of discovery.k8s.io/v1 since 1.31; 1.20 serves v1beta1 alone',
  },
  {
    command: /^describe ingress/,
    kubectl: [21, 99],
    real: /^\|\s+\/ {2}plain:80 \(<error: the server could not find the requested resource>\)$/,
    mock: /^\|\s+\/ {2}plain:80 \(\)$/,
    why: 'kubectl describes endpoints by slices of discovery.k8s.io/v1; 1.20 serves v1beta1 alone',
  },
  {
    command: /^create pdb/,
    kubectl: [21, 99],
    real: [/^!error: failed to create poddisruptionbudgets: the server could not find/, /^=1$/],
    mock: /^\|poddisruptionbudget\.policy\/budget created$/,
    why: 'kubectl creates budgets as policy/v1, which is served since 1.21',
  },
  {
    command: /(create|get|delete) (cronjob|job by-hand)/,
    scene: 'jobs',
    kubectl: [21, 99],
    real: [
      /^!error: failed to create cronjob: the server could not find the requested resource$/,
      /^!error: unknown object type \*v1beta1\.CronJob$/,
      /^!Error from server \(NotFound\): jobs\.batch "by-hand" not found$/,
      /^=1$/,
    ],
    mock: [
      /^\|cronjob\.batch\/tock created$/,
      /^\|job\.batch\/by-hand created$/,
      /^\|\{"cronjob\.kubernetes\.io\/instantiate":"manual"\}CronJob$/,
      /^\|job\.batch "by-hand" deleted$/,
    ],
    why: 'kubectl writes CronJobs as batch/v1, which is served since 1.21',
  },
  {
    command: /^describe cronjob/,
    kubectl: [21, 99],
    real: [/^!Error from server \(NotFound\): the server could not find the requested resource$/, /^=1$/],
    mock: /^\|/,
    why: 'kubectl reads CronJobs as batch/v1, which is served since 1.21',
  },
  {
    command: /^(replace|apply|create)/,
    kubectl: [25, 99],
    real: /^!error: error validating "[\w-]+\.yaml": error validating data: /,
    mock: /^!(Error from server \(BadRequest\): error when \w+ing "|The \w+ "\w+" is invalid: )/,
    why: 'The server checks fields since 1.25; for an older one kubectl does it itself, in other words',
  },
  {
    command: /^version/,
    kubectl: [21, 99],
    real: /^!WARNING: version difference between client/,
    why: 'The real control plane is much older than this kubectl',
  },
];
