import type { Container, PodSpec, PodTemplateSpec } from '@portolan/shared';

/** `latest` or no tag at all means: always pull (`SetDefaults_Container`). */
function pullPolicy(image: string): string {
  const tag = /:([^/:@]+)$/.exec(image)?.[1];
  return image.includes('@') || (tag && tag !== 'latest') ? 'IfNotPresent' : 'Always';
}

function defaultContainer(container: Container): void {
  container.resources ??= {};
  for (const port of container.ports ?? []) port.protocol ??= 'TCP';
  // Limits stand in for requests that are not given (`SetDefaults_Pod`).
  if (container.resources.limits) {
    container.resources.requests = { ...container.resources.limits, ...container.resources.requests };
  }
  container.terminationMessagePath ??= '/dev/termination-log';
  container.terminationMessagePolicy ??= 'File';
  container.imagePullPolicy ??= pullPolicy(container.image ?? '');
  if (container.readinessProbe) {
    container.readinessProbe.periodSeconds ??= 10;
    container.readinessProbe.failureThreshold ??= 3;
  }
}

/** What the apiserver fills into a pod's spec (`pkg/apis/core/v1/defaults.go`). */
export function defaultPodSpec(spec: PodSpec): void {
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) defaultContainer(container);
  spec.restartPolicy ??= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= 'ClusterFirst';
  if (spec.serviceAccountName) spec.serviceAccount ??= spec.serviceAccountName;
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
