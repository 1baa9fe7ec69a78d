import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Entity } from '@portolan/shared';

const execute = promisify(execFile);

/** How a kind reads in `kubectl get --no-headers`: its columns after NAME, without ages, from an entity. */
const PRINTED: Record<string, { columns: number; of: (entity: Entity) => string[] | null }> = {
  pods: {
    columns: 2,
    of: (entity) => (entity.kind === 'Pod' ? [entity.ready.join('/'), entity.status] : null),
  },
  deployments: {
    columns: 3,
    of: (entity) => {
      if (entity.kind !== 'Deployment') return null;
      const { desired, ready, updated, available } = entity.replicas;
      return [`${ready}/${desired}`, String(updated), String(available)];
    },
  },
  services: {
    columns: 2,
    of: (entity) => (entity.kind === 'Service' ? [entity.type, entity.clusterIP || '<none>'] : null),
  },
};

/** Lines that kubectl prints of a namespace and our entities do not say, or the other way round. */
export async function printedOtherwise(
  kubectl: string,
  kubeconfig: string,
  namespace: string,
  entities: readonly Entity[],
): Promise<string[]> {
  const differences: string[] = [];
  for (const [plural, { columns, of }] of Object.entries(PRINTED)) {
    const args = ['--kubeconfig', kubeconfig, '--namespace', namespace, 'get', plural, '--no-headers'];
    const { stdout } = await execute(kubectl, args);
    const printed = stdout.split('\n').flatMap((line) =>
      line
        ? [
            line
              .split(/\s+/)
              .slice(0, columns + 1)
              .join(' '),
          ]
        : [],
    );
    const ours = entities.flatMap((entity) => {
      const said = entity.namespace === namespace ? of(entity) : null;
      return said === null ? [] : [[entity.name, ...said].join(' ')];
    });
    for (const line of printed) if (!ours.includes(line)) differences.push(`${plural}: kubectl prints ${line}`);
    for (const line of ours) if (!printed.includes(line)) differences.push(`${plural}: we say ${line}`);
  }
  return differences;
}
