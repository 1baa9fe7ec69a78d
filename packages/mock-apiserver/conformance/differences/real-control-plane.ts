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
    real: /^\|TargetPort: {2}\d{5}\/TCP$/,
    mock: /^\|TargetPort: {2}6443\/TCP$/,
    why: 'The real apiserver listens on the port that it was given',
  },
  {
    command: /^get endpoints kubernetes/,
    real: /^\|kubernetes {2}<ip>:\d{5}/,
    mock: /^\|kubernetes {2}<ip>:6443/,
    why: 'The real apiserver listens on the port that it was given',
  },
  {
    command: /^describe svc kubernetes/,
    kubectl: [0, 30],
    real: /^\|Endpoints: {2}<ip>:\d{5}$/,
    mock: /^\|Endpoints: {2}<ip>:6443$/,
    why: 'The real apiserver listens on the port that it was given',
  },
  {
    command: 'get componentstatuses',
    real: [
      /^\|(controller-manager|scheduler) {2}Unhealthy {2}Get "<server>/,
      /^\|etcd-0 {2}Healthy {2}\{"health":"true"\}$/,
    ],
    mock: /^\|(controller-manager|scheduler|etcd-0) {2}Healthy {2}ok$/,
    why: 'The parts of the real control plane do not listen where ComponentStatuses look for them, and its etcd answers in JSON',
  },
  {
    command: /^(get|describe) pod/,
    mock: [
      /^\|\s+(- )?"?(volumeMounts|volumes|projected|sources|serviceAccountToken|configMap|items|downwardAPI|fieldRef)"?:( [{[])?$/,
      /^\|\s+(- )?"?(mountPath|name|readOnly|defaultMode|expirationSeconds|path|key|apiVersion|fieldPath)"?: /,
      /^\|\s+[[\]{}],?$/,
      /^\|\s+"terminationMessagePolicy": "File",$/,
      /^\|\s+Mounts:$/,
      /^\|Volumes:$/,
      /^\|\s+(\/var\/run\/secrets\/kubernetes\.io\/serviceaccount from )?kube-api-access-<any>/,
      /^\|\s+(Type: {2}Projected|TokenExpirationSeconds:|ConfigMapName:|ConfigMapOptional:|DownwardAPI:)/,
    ],
    why: 'The real apiserver was started without the admission plug-in ServiceAccount, which mounts the token',
  },
  {
    command: /^(get|describe) pod/,
    real: [/^\|\s+Mounts: {2}<none>$/, /^\|Volumes: {2}<none>$/, /^\|\s+"terminationMessagePolicy": "File"$/],
    why: 'The real apiserver was started without the admission plug-in ServiceAccount, which mounts the token',
  },
  {
    command: /^describe controllerrevisions/,
    kubectl: [0, 20],
    real: /^\|\s+(Managed Fields:|API Version: {2}apps\/v1|Fields Type:|fieldsV1:|f:|k:|\.:|Manager: {2}kube-controller-manager|Operation:|Time:|- apiVersion: apps\/v1|fieldsType: FieldsV1)/,
    why: 'What the controllers of the embedded cluster write is booked to no manager',
  },
  {
    command: 'create --raw',
    real: /^\|\{"kind":"ConfigMap".*"resourceVersion":"\d+","creationTimestamp":"<time>"/,
    mock: /^\|\{"kind":"ConfigMap".*"resourceVersion":"\d+"/,
    why: 'The fields of an object have no order in JSON; kubectl itself sorts them',
  },
  {
    command: 'deployments?resourceVersion=wrong',
    real: /^!Error from server: resourceVersion: Invalid value: "wrong": strconv\.ParseUint/,
    mock: /^!Error from server \(BadRequest\): invalid resource version "wrong"/,
    why: 'A version that is no number is the mistake of who asks; the apiserver calls it its own (500)',
  },
];
