import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.ts';

const SETTING = { namespace: 'shop-32', nodes: false };
/** What is compared of one line that a kubectl printed. */
const of = (line: string, command = 'get pods') =>
  normalise({ command, code: 0, stdout: `${line}\n`, stderr: '' }, SETTING)[0];

describe('what is compared of a line', () => {
  it.each([
    ['web-6cd4575856-nstkj   1/1     Running   0          4s', '|web-<hash>  1/1  Running  0  <age>'],
    ['agent-x9gtl   1/1   Running   2 (10s ago)   3m4s', '|agent-<any>  1/1  Running  2 (<age> ago)  <age>'],
    [
      'redis-slave   ClusterIP   10.254.0.214   <none>   6379/TCP   12d',
      '|redis-slave  ClusterIP  <ip>  <none>  6379/TCP  <age>',
    ],
    ['  uid: 2d4d3a0e-5f5c-4b0e-9d3a-0e5f5c4b0e9d', '|  uid: <uid>'],
    ['  resourceVersion: "123"', '|  resourceVersion: "<version>"'],
    ['  creationTimestamp: "2026-11-24T13:44:42Z"', '|  creationTimestamp: "<time>"'],
    ['Labels:  app=web,pod-template-hash=6cd4575856', '|Labels:  app=web,pod-template-hash=<hash>'],
    ['Node:   node2/192.0.2.2', '|Node:  nodeN/<ip>'],
    ['Namespace:   shop-32', '|Namespace:  $NS'],
    ['  nodePort: 31820', '|  nodePort: <port>'],
    ['External IPs:   1.2.3.4', '|External IPs:  1.2.3.4'],
    ['  Normal  Waiting  2s (x3 over 9s)  controller  waiting', '|  Normal  Waiting  <age>  controller  waiting'],
    ['Scaled up replica set web-b688764f to 3', '|Scaled up replica set web-<hash> to 3'],
  ])('[M230] names, hashes, ages, times and addresses aside: %s', (line, compared) => {
    expect(of(line)).toBe(compared);
  });

  it('[M230] each line has the sign of its stream, and a code that is not 0 is a line', () => {
    const said = { command: 'get pod x', code: 1, stdout: 'a\n', stderr: 'b\n' };
    expect(normalise(said, SETTING)).toEqual(['|a', '!b', '=1']);
  });

  it('[M230] managers are compared only where they are asked for', () => {
    const stdout = 'metadata:\n  managedFields:\n  - apiVersion: v1\n    manager: a\n  name: x\n';
    const said = { command: 'get cm x -o yaml', code: 0, stdout, stderr: '' };
    expect(normalise(said, SETTING)).toEqual(['|metadata:', '|  name: x']);
    const shown = normalise({ ...said, command: `${said.command} --show-managed-fields` }, SETTING);
    expect(shown).toContain('|    manager: a');
  });

  it('[M230] limits are described in no order, and compared in that of their names', () => {
    const rows = ['Type  Resource', 'Container  memory', 'Container  cpu'];
    const said = { command: 'describe limits x', code: 0, stdout: `${rows.join('\n')}\n`, stderr: '' };
    expect(normalise(said, SETTING)).toEqual(['|Type  Resource', '|Container  cpu', '|Container  memory']);
  });
});
