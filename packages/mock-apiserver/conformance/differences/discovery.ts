import type { Difference } from '../judge.ts';

/** Resources that an apiserver of 1.20 served in another version, or that are gone or that the embedded cluster leaves out. */
const OLDER =
  /\b(apiservices|mutatingwebhookconfigurations|validatingwebhookconfigurations|flowschemas|prioritylevelconfigurations|podsecuritypolicies|horizontalpodautoscalers|cronjobs|endpointslices|ingresses|poddisruptionbudgets)\b/;
/** Resources that are newer than 1.20, or served in a newer version, or kept for tutorials, or measured by a metrics server. */
const NEWER =
  /\b(selfsubjectreviews|horizontalpodautoscalers|cronjobs|endpointslices|poddisruptionbudgets|(deployments|ingresses)( {2}|\.)extensions|(nodes|pods)( {2}|\.)metrics\.k8s\.io)\b/;

/** What discovery and the version tell: the two apiservers are of different ages. */
export const discovery: readonly Difference[] = [
  {
    command: /^api-resources/,
    real: OLDER,
    mock: NEWER,
    why: 'Kinds have come, gone and got new versions between 1.20 and 1.32; webhooks, priority levels and APIServices are left out',
  },
  {
    command: '-o name',
    mock: /^\|(deployments\.extensions|pods\.metrics\.k8s\.io)$/,
    why: 'Deployments are served as tutorials ask for them, and the embedded cluster measures itself',
  },
  {
    command: 'api-resources -o wide',
    real: /^\|(services|customresourcedefinitions) /,
    mock: /^\|(services|customresourcedefinitions) /,
    why: 'Services can be deleted together since 1.23; there are no custom resources, so that there is nothing to do but to list them',
  },
  {
    command: 'api-versions',
    real: /^\|(admissionregistration|apiextensions|apiregistration|authentication|authorization|autoscaling|batch|certificates|coordination|discovery|events|flowcontrol|networking|node|policy|rbac|scheduling|storage)(\.[\w.]+)?\/v\d+(beta\d)?$/,
    mock: /^\|(autoscaling\/v2|batch\/v1|discovery\.k8s\.io\/v1|metrics\.k8s\.io\/v1beta1|policy\/v1)$/,
    why: 'The versions of 1.20 that are no more in 1.32 are served only where kubectl 1.20 cannot do without',
  },
  {
    command: /^(version|get --raw \/version)/,
    real: /("(major|minor|gitVersion|gitCommit|gitTreeState|goVersion)": |Server Version: )/,
    mock: /("(major|minor|gitVersion|gitCommit|gitTreeState|goVersion)": |Server Version: )/,
    why: 'The embedded cluster says that it is a v1.32',
  },
  {
    command: 'get --raw /api',
    real: /"serverAddress":"<ip>:\d+"/,
    mock: /"serverAddress":"<ip>:\d+"/,
    why: 'Each listens on a port of its own',
  },
];
