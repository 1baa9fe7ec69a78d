import type { Condition, Json, KubeObject } from './meta.ts';

/** apiextensions.k8s.io/v1. */

/** `CustomResourceColumnDefinition`: a column of `kubectl get`, read by a JSON path; above priority 0 only with `-o wide`. */
export interface CustomResourceColumn {
  name: string;
  type: 'integer' | 'number' | 'string' | 'boolean' | 'date';
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

export interface CustomResourceNames {
  plural: string;
  singular?: string;
  shortNames?: string[];
  kind: string;
  listKind?: string;
  categories?: string[];
}

export interface CustomResourceVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema?: { openAPIV3Schema?: Json };
  subresources?: { status?: object; scale?: object };
  additionalPrinterColumns?: CustomResourceColumn[];
}

export interface CustomResourceDefinition extends KubeObject {
  spec: {
    group: string;
    names: CustomResourceNames;
    scope: 'Namespaced' | 'Cluster';
    versions: CustomResourceVersion[];
    conversion?: { strategy: string };
  };
  status?: { conditions?: Condition[]; acceptedNames?: CustomResourceNames; storedVersions?: string[] };
}
