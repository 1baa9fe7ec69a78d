import type { Condition, KubeObject } from './meta.ts';

/** gateway.networking.k8s.io v1 and v1beta1, as far as Portolan reads them. */

/** A reference to a parent or to a backend; what is left out means a Gateway or a Service of the same namespace. */
export interface GatewayRef {
  kind?: string;
  namespace?: string;
  name: string;
  sectionName?: string;
  port?: number;
  weight?: number;
}

export interface Gateway extends KubeObject {
  spec: {
    gatewayClassName: string;
    listeners?: { name: string; hostname?: string; port: number; protocol: string }[];
  };
  status?: {
    addresses?: { type?: string; value: string }[];
    listeners?: { name: string; attachedRoutes?: number; conditions?: Condition[] }[];
    conditions?: Condition[];
  };
}

export interface HTTPRoute extends KubeObject {
  spec: {
    parentRefs?: GatewayRef[];
    hostnames?: string[];
    rules?: { backendRefs?: GatewayRef[] }[];
  };
  status?: { parents?: { parentRef: GatewayRef; conditions?: Condition[] }[] };
}
