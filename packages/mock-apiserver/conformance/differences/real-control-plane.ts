import type { Difference } from '../judge.ts';

/** How the real control plane that was recorded is set up: it runs without some of what a cluster has, and elsewhere. */
export const realControlPlane: readonly Difference[] = [
  {
    command: /^(get|describe) pod/,
    mock: [/^\|\s+"?serviceAccount(Name)?"?: "?default"?,?$/, /^\|Service Account: {2}default$/],
    why: 'The real apiserver was started without the admission plug-in ServiceAccount',
  },
  {
    command: /^(top|logs )/,
    real: [
      /^!error: Metrics API not available$/,
      /^!Error from server: Get "https:\/\/nodeN:\d+\/containerLogs\//,
      /^=1$/,
    ],
    mock: /^[|!=]/,
    why: 'The real cluster has no metrics server, and its hollow kubelets neither a name that is known nor logs',
  },
  {
    command: /^describe svc kubernetes/,
    real: /^\|TargetPort: {2}17443\/TCP$/,
    mock: /^\|TargetPort: {2}6443\/TCP$/,
    why: 'The real apiserver listens on the port that it was given',
  },
  {
    command: /^get endpoints kubernetes/,
    real: /^\|kubernetes {2}<ip>:17443/,
    mock: /^\|kubernetes {2}<ip>:6443/,
    why: 'The real apiserver listens on the port that it was given',
  },
];
