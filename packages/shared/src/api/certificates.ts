import type { Condition, KubeObject } from './meta.ts';

/** certificates.k8s.io/v1. */

export interface CertificateSigningRequest extends KubeObject {
  spec: {
    /** A PEM-encoded PKCS#10 request, in base64. */
    request: string;
    signerName: string;
    expirationSeconds?: number;
    usages?: string[];
    username?: string;
    uid?: string;
    groups?: string[];
    extra?: Record<string, string[]>;
  };
  status?: { conditions?: Condition[]; certificate?: string };
}
