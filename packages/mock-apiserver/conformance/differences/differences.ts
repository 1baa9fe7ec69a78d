import type { Difference } from '../judge.ts';
import { autoscalers } from './autoscalers.ts';
import { discovery } from './discovery.ts';
import { hollowKubelets } from './hollow-kubelets.ts';
import { newerClients } from './newer-clients.ts';
import { newerObjects } from './newer-objects.ts';
import { newerTables } from './newer-tables.ts';
import { realControlPlane } from './real-control-plane.ts';

/** All that kubectl prints otherwise beside the embedded cluster than beside the real control plane, and why that is right. */
export const DIFFERENCES: readonly Difference[] = [
  ...newerObjects,
  ...newerTables,
  ...newerClients,
  ...realControlPlane,
  ...hollowKubelets,
  ...autoscalers,
  ...discovery,
];
