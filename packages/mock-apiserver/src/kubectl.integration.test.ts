import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MockCluster, startMock } from './start-mock.ts';
import { findKubectl, type Kubectl } from './testing/kubectl.ts';

const manifest = (name: string) =>
  fileURLToPath(new URL(`./scenarios/guestbook/manifests/${name}.yaml`, import.meta.url));
const APPS = ['redis-master', 'redis-slave', 'frontend'];
const FILES = APPS.flatMap((app) => [manifest(`${app}-deployment`), manifest(`${app}-service`)]);

/** The columns of a printed table, a row a list. */
const rows = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(/\s{2,}/).map((cell) => cell.trim()));

describe('kubectl against the embedded cluster', () => {
  let mock: MockCluster;
  let kubectl: Kubectl;

  beforeAll(async () => {
    mock = await startMock({ scenario: 'guestbook', speed: 20 });
    kubectl = await findKubectl(mock.kubeconfig);
  });

  afterAll(async () => {
    kubectl?.dispose();
    await mock?.close();
  });

  it('[M20] shows two nodes, Ready', async () => {
    const table = rows(await kubectl('get', 'nodes', '-o', 'wide'));
    expect(table.slice(1).map(([name, status]) => [name, status])).toEqual([
      ['node1', 'Ready'],
      ['node2', 'Ready'],
    ]);
    expect(table.slice(1).map((row) => row[5])).toEqual(['192.168.3.53', '192.168.3.54']);
  });

  it("[M21] creates the tutorial's manifests verbatim, in the version they ask for", async () => {
    const said: string[] = [];
    for (const file of FILES) said.push((await kubectl('create', '-f', file)).trim());
    expect(said).toEqual([
      'deployment.extensions/redis-master created',
      'service/redis-master created',
      'deployment.extensions/redis-slave created',
      'service/redis-slave created',
      'deployment.extensions/frontend created',
      'service/frontend created',
    ]);
    for (const app of APPS)
      expect(await kubectl('rollout', 'status', `deploy/${app}`)).toContain('successfully rolled out');
  });

  it('[M22] prints deployments, pods and services in the columns of kubectl', async () => {
    const deployments = rows(await kubectl('get', 'deploy'));
    expect(deployments[0]).toEqual(['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE']);
    expect(deployments.slice(1).map((row) => row.slice(0, 4))).toEqual([
      ['frontend', '3/3', '3', '3'],
      ['redis-master', '1/1', '1', '1'],
      ['redis-slave', '2/2', '2', '2'],
    ]);
    const pods = rows(await kubectl('get', 'pods', '-o', 'wide'));
    expect(pods[0]?.slice(0, 7)).toEqual(['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'IP', 'NODE']);
    expect(pods.slice(1).map((row) => row.slice(1, 4))).toEqual(Array(6).fill(['1/1', 'Running', '0']));
    const services = rows(await kubectl('get', 'svc', '-o', 'wide'));
    const selector = 'app=guestbook,tier=frontend';
    expect(services.slice(1).map(([name, type, ip, , ports, , labels]) => [name, type, ip, ports, labels])).toEqual([
      ['frontend', 'NodePort', '10.254.18.215', '80:30001/TCP', selector],
      ['kubernetes', 'ClusterIP', '10.254.0.1', '443/TCP', '<none>'],
      ['redis-master', 'ClusterIP', '10.254.203.144', '6379/TCP', 'app=redis,role=master,tier=backend'],
      ['redis-slave', 'ClusterIP', '10.254.0.214', '6379/TCP', 'app=redis,role=slave,tier=backend'],
    ]);
  });

  it('[M23] places the pods and gives them addresses as the tutorial shows', async () => {
    const table = rows(await kubectl('get', 'pods', '-o', 'wide', '--sort-by=.status.podIP'));
    const placed = table.slice(1).map((row) => `${row[0]?.replace(/-[^-]+-[^-]+$/, '')} ${row[6]} ${row[5]}`);
    expect(placed).toEqual([
      'redis-slave node1 10.255.70.2',
      'frontend node1 10.255.70.3',
      'frontend node1 10.255.70.4',
      'redis-master node2 10.255.73.2',
      'redis-slave node2 10.255.73.3',
      'frontend node2 10.255.73.4',
    ]);
  });

  it('[M24] describes pods and deployments with their events', async () => {
    const pod = await kubectl('describe', 'pod', '-l', 'role=master');
    for (const reason of ['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']) expect(pod).toContain(reason);
    expect(pod).toMatch(/Controlled By:\s+ReplicaSet\/redis-master-/);
    const deployment = await kubectl('describe', 'deploy', 'frontend');
    expect(deployment).toMatch(/RollingUpdateStrategy:\s+1 max unavailable, 1 max surge/);
    expect(deployment).toMatch(/Scaled up replica set frontend-[a-z0-9]+ to 3/);
    expect(await kubectl('describe', 'svc', 'frontend')).toContain('10.255.70.3:80');
    expect(await kubectl('describe', 'node', 'node1')).toContain('redis-slave');
  });

  it('[M25] prints whole objects as YAML and JSON', async () => {
    const yaml = await kubectl('get', 'deploy', 'frontend', '-o', 'yaml');
    expect(yaml).toContain('apiVersion: apps/v1');
    expect(yaml).toContain('image: kubeguide/guestbook-php-frontend');
    const old = JSON.parse(await kubectl('get', 'deployments.v1beta1.extensions', 'frontend', '-o', 'json'));
    expect(old.apiVersion).toBe('extensions/v1beta1');
    expect(old.spec.selector).toEqual({ matchLabels: { app: 'guestbook', tier: 'frontend' } });
  });

  it('[M26] watches: a pod killed goes through Terminating and another takes its place', async () => {
    const watching = kubectl.watch('get', 'pods', '-l', 'tier=frontend', '-w');
    const before = await watching.until((lines) => lines.length === 4);
    const names = before.slice(1).map((line) => line.split(' ')[0] ?? '');
    await kubectl('delete', 'pod', names[0] ?? '', '--wait=false');
    const isFresh = (line: string) => !names.some((name) => line.startsWith(name));
    const lines = await watching.until((all) =>
      all.slice(1).some((line) => isFresh(line) && /1\/1\s+Running/.test(line)),
    );
    watching.stop();
    const fresh = lines.slice(1).filter(isFresh).join('\n');
    expect(lines.some((line) => line.startsWith(names[0] ?? '') && line.includes('Terminating'))).toBe(true);
    expect(fresh).toMatch(/0\/1\s+Pending.*0\/1\s+ContainerCreating.*0\/1\s+Running.*1\/1\s+Running/s);
  });

  it('[M27] scales, rolls out, pauses, resumes, restarts and undoes', async () => {
    await kubectl('scale', 'deploy', 'frontend', '--replicas=5');
    await kubectl('rollout', 'status', 'deploy/frontend');
    await kubectl('scale', 'deploy', 'frontend', '--replicas=3');
    await kubectl('rollout', 'status', 'deploy/frontend');
    await kubectl('set', 'image', 'deploy/frontend', 'php-redis=kubeguide/guestbook-php-frontend:v2');
    expect(await kubectl('rollout', 'status', 'deploy/frontend')).toContain('successfully rolled out');
    expect(rows(await kubectl('rollout', 'history', 'deploy/frontend')).length).toBe(4);
    await kubectl('rollout', 'undo', 'deploy/frontend');
    await kubectl('rollout', 'status', 'deploy/frontend');
    const image = '-o=jsonpath={.spec.template.spec.containers[0].image}';
    expect(await kubectl('get', 'deploy', 'frontend', image)).toBe('kubeguide/guestbook-php-frontend');
    expect(await kubectl('rollout', 'pause', 'deploy/frontend')).toContain('paused');
    expect(await kubectl('rollout', 'resume', 'deploy/frontend')).toContain('resumed');
    await kubectl('rollout', 'restart', 'deploy/frontend');
    expect(await kubectl('rollout', 'status', 'deploy/frontend')).toContain('successfully rolled out');
    const history = await kubectl('rollout', 'history', 'deploy/frontend');
    expect(history.match(/^\d+/gm)).toEqual(['2', '3', '4']);
  });

  it('[M28] applies, labels, annotates and patches', async () => {
    expect(await kubectl('apply', '-f', manifest('frontend-service'))).toContain('service/frontend configured');
    expect(await kubectl('apply', '-f', manifest('frontend-service'))).toContain('service/frontend unchanged');
    await kubectl('label', 'deploy', 'frontend', 'team=web');
    await kubectl('annotate', 'deploy', 'frontend', 'note=yes');
    expect(await kubectl('get', 'deploy', '-l', 'team=web', '-o', 'name')).toBe('deployment.apps/frontend\n');
    await kubectl(
      'patch',
      'deploy',
      'frontend',
      '--type=json',
      '-p',
      '[{"op":"remove","path":"/metadata/labels/team"}]',
    );
    expect(await kubectl('get', 'deploy', '-l', 'team', '-o', 'name')).toBe('');
    await kubectl(
      'patch',
      'deploy',
      'frontend',
      '-p',
      '{"spec":{"template":{"spec":{"containers":[{"name":"php-redis","image":"x:1"}]}}}}',
    );
    const containers = JSON.parse(await kubectl('get', 'deploy', 'frontend', '-o', 'json')).spec.template.spec
      .containers;
    expect(containers[0]).toMatchObject({ name: 'php-redis', image: 'x:1', ports: [{ containerPort: 80 }] });
    await kubectl('rollout', 'undo', 'deploy/frontend');
  });

  it("[M107] applies on the server's side, tells conflicts, and takes by force", async () => {
    const service = manifest('frontend-service');
    const apply = (...more: string[]) => kubectl('apply', '--server-side', '-f', service, ...more);
    const owners = async () =>
      (await kubectl('get', 'svc', 'frontend', '-o=jsonpath={.metadata.managedFields[*].manager}')).split(' ');
    await apply('--force-conflicts', '--field-manager=alice');
    expect(await apply('--field-manager=alice')).toBe('service/frontend serverside-applied\n');
    expect(await owners()).toContain('alice');
    await kubectl('patch', 'svc', 'frontend', '--field-manager=bob', '-p', '{"spec":{"type":"ClusterIP"}}');
    await expect(apply('--field-manager=alice')).rejects.toThrow(
      'Apply failed with 1 conflict: conflict with "bob" using v1: .spec.type',
    );
    await apply('--field-manager=alice', '--force-conflicts');
    expect(await kubectl('get', 'svc', 'frontend', '-o=jsonpath={.spec.type}')).toBe('NodePort');
  });

  it('[M29] lists events and resources, and explains', async () => {
    expect(await kubectl('get', 'events')).toContain('ScalingReplicaSet');
    const resources = await kubectl('api-resources', '-o', 'name');
    expect(resources.trim().split('\n')).toContain('deployments.apps');
    expect(await kubectl('explain', 'deployment')).toMatch(/KIND:\s+Deployment/);
    const ports = await kubectl('explain', 'pod.spec.containers.ports');
    expect(ports).toMatch(/containerPort\s+<integer> -required-\s+Number of port to expose/);
    for (const kind of ['cronjob', 'ingress', 'role', 'storageclass', 'pdb', 'hpa', 'events', 'lease']) {
      expect(await kubectl('explain', kind, '--recursive')).toMatch(/metadata\s+<Object/);
    }
  });

  it('[M32] cordons, drains and uncordons a node', async () => {
    await kubectl('cordon', 'node1');
    expect(rows(await kubectl('get', 'nodes'))[1]?.[1]).toBe('Ready,SchedulingDisabled');
    await kubectl('drain', 'node1', '--ignore-daemonsets', '--force');
    const left = await kubectl('get', 'pods', '--field-selector=spec.nodeName=node1', '-o', 'name');
    expect(left).toBe('');
    await kubectl('uncordon', 'node1');
    for (const app of APPS) await kubectl('rollout', 'status', `deploy/${app}`);
  });

  it('[M33] says what is wrong in the words of the apiserver', async () => {
    await expect(kubectl('get', 'deploy', 'zz')).rejects.toThrow('deployments.apps "zz" not found');
    await expect(kubectl('create', '-f', manifest('frontend-service'))).rejects.toThrow(
      'services "frontend" already exists',
    );
    await expect(kubectl('get', 'pods', '--field-selector=spec.foo=1')).rejects.toThrow(
      'field label not supported: spec.foo',
    );
    const port =
      '[{"op":"replace","path":"/spec/ports/0/nodePort","value":30001},{"op":"replace","path":"/spec/type","value":"NodePort"}]';
    await expect(
      kubectl(
        'patch',
        'svc',
        'redis-slave',
        '--type=json',
        '-p',
        port.replace('replace","path":"/spec/ports', 'add","path":"/spec/ports'),
      ),
    ).rejects.toThrow('provided port is already allocated');
    const selector = '{"spec":{"selector":{"matchLabels":{"app":"x","tier":"frontend"}}}}';
    await expect(kubectl('patch', 'deploy', 'frontend', '--type=merge', '-p', selector)).rejects.toThrow(
      'field is immutable',
    );
  });

  it('[M101] creates namespaces, deployments, services and configmaps from the command line', async () => {
    expect(await kubectl('create', 'namespace', 'shop')).toBe('namespace/shop created\n');
    expect(await kubectl('create', 'deployment', 'web', '--image=redis', '-n', 'shop')).toContain('web created');
    expect(await kubectl('create', 'service', 'clusterip', 'web', '--tcp=80:6379', '-n', 'shop')).toContain('created');
    expect(await kubectl('create', 'configmap', 'web', '--from-literal=a=b', '-n', 'shop')).toContain('created');
    expect(await kubectl('rollout', 'status', 'deploy/web', '-n', 'shop')).toContain('successfully rolled out');
    expect(await kubectl('get', 'endpoints', 'web', '-n', 'shop', '-o=jsonpath={.subsets[0].ports[0].port}')).toBe(
      '6379',
    );
    expect(await kubectl('delete', 'namespace', 'shop')).toContain('namespace "shop" deleted');
    await expect(kubectl('get', 'namespace', 'shop')).rejects.toThrow('namespaces "shop" not found');
  });

  it('[M34] deletes the guestbook and everything it owned', async () => {
    for (const file of FILES.toReversed()) await kubectl('delete', '-f', file);
    await expect.poll(() => kubectl('get', 'pods,rs,deploy', '-o', 'name'), { timeout: 10_000 }).toBe('');
    expect(await kubectl('get', 'svc', '-o', 'name')).toBe('service/kubernetes\n');
  });
});
