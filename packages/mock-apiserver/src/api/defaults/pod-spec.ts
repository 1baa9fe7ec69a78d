import type { Container, PodSpec, PodTemplateSpec, Probe, Volume } from '@portolan/shared';

/** `latest` or no tag at all means: always pull (`SetDefaults_Container`). */
function pullPolicy(image: string): string {
  const tag = /:([^/:@]+)$/.exec(image)?.[1];
  return image.includes('@') || (tag && tag !== 'latest') ? 'IfNotPresent' : 'Always';
}

function defaultProbe(probe: Probe): void {
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  if (probe.httpGet) {
    probe.httpGet.path ||= '/';
    probe.httpGet.scheme ||= 'HTTP';
  }
  if (probe.grpc) probe.grpc.service ??= '';
}

/** What the apiserver fills into a container of any kind. */
export function defaultContainer(container: Container): void {
  container.resources ??= {};
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= pullPolicy(container.image ?? '');
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ??= 'v1';
    if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  for (const hook of [container.lifecycle?.postStart, container.lifecycle?.preStop]) {
    if (!hook?.httpGet) continue;
    hook.httpGet.path ||= '/';
    hook.httpGet.scheme ||= 'HTTP';
  }
}

/** rw-r--r--, the mode of files that volumes are filled with. */
const FILE_MODE = 0o644;

function defaultVolume(volume: Volume): void {
  const { configMap, secret, projected, hostPath, name: _name, ...others } = volume;
  for (const source of [configMap, secret, projected]) if (source) source.defaultMode ??= FILE_MODE;
  if (hostPath) hostPath.type ??= '';
  const none = !configMap && !secret && !projected && !hostPath && Object.keys(others).length === 0;
  if (none) volume.emptyDir = {};
}

/** What the apiserver fills into a pod's spec (`pkg/apis/core/v1/defaults.go`). */
export function defaultPodSpec(spec: PodSpec): void {
  spec.containers ??= [];
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    defaultContainer(container);
    if (spec.hostNetwork) for (const port of container.ports ?? []) port.hostPort ??= port.containerPort;
  }
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  if (spec.serviceAccountName) spec.serviceAccount ??= spec.serviceAccountName;
  else if (spec.serviceAccount) spec.serviceAccountName = spec.serviceAccount;
  spec.securityContext ??= {};
  spec.schedulerName ??= 'default-scheduler';
}

/** As `defaultPodSpec`, for the template of a workload. */
export function defaultTemplate(template: PodTemplateSpec | undefined): void {
  if (!template?.spec) return;
  template.metadata ??= {};
  template.metadata.creationTimestamp = null;
  defaultPodSpec(template.spec);
}
