/** Says of a node that its kubelet is stopped. */
export const KUBELET_ANNOTATION = 'portolan.dev/kubelet';
