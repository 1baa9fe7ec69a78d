import type { PodTemplateSpec } from '@portolan/shared';

/** What a workload is made like; each is a row of containers and what they ask for. */
interface Shape {
  image: string;
  milliCores: number;
  mebibytes: number;
  port?: number;
  sidecar?: boolean;
}

/** The shapes of workloads that serve. */
export const SERVING: Readonly<Record<string, Shape>> = {
  web: { image: 'registry.example.com/web/nginx:1.27.3', milliCores: 100, mebibytes: 128, port: 8080 },
  api: { image: 'registry.example.com/apps/api:2.14.0', milliCores: 250, mebibytes: 512, port: 8443, sidecar: true },
  gateway: { image: 'registry.example.com/edge/gateway:4.1.2', milliCores: 200, mebibytes: 256, port: 8080 },
  worker: { image: 'registry.example.com/apps/worker:2.14.0', milliCores: 200, mebibytes: 384 },
  consumer: { image: 'registry.example.com/apps/consumer:1.9.7', milliCores: 150, mebibytes: 256 },
  cache: { image: 'registry.example.com/data/redis:7.4.1', milliCores: 100, mebibytes: 512, port: 6379 },
};

/** The shapes of workloads that keep data. */
export const KEEPING: Readonly<Record<string, Shape>> = {
  db: { image: 'registry.example.com/data/postgres:16.6', milliCores: 500, mebibytes: 1024, port: 5432 },
  queue: { image: 'registry.example.com/data/rabbitmq:4.0.4', milliCores: 250, mebibytes: 512, port: 5672 },
  search: { image: 'registry.example.com/data/search:8.17.0', milliCores: 400, mebibytes: 1024, port: 9200 },
};

/** The daemons that run on every node, the first ones first. */
export const DAEMONS: Readonly<Record<string, Shape>> = {
  'kube-proxy': { image: 'registry.k8s.io/kube-proxy:v1.32.0', milliCores: 20, mebibytes: 64 },
  'network-agent': { image: 'registry.example.com/net/agent:1.16.5', milliCores: 50, mebibytes: 128 },
  'node-exporter': {
    image: 'registry.example.com/metrics/node-exporter:1.8.2',
    milliCores: 20,
    mebibytes: 48,
    port: 9100,
  },
};

/** What runs once and is done. */
export const BATCH: Shape = { image: 'registry.example.com/batch/report:3.2.0', milliCores: 200, mebibytes: 256 };

/** A template of this shape with these labels; `image` and `milliCores` may be another's. */
export function templateOf(
  shape: Shape,
  labels: Record<string, string>,
  { image = shape.image, milliCores = shape.milliCores } = {},
): PodTemplateSpec {
  const { mebibytes, port, sidecar } = shape;
  const main = {
    name: 'main',
    image,
    env: [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    ],
    ...(port !== undefined && { ports: [{ name: 'main', containerPort: port }] }),
    resources: {
      requests: { cpu: `${milliCores}m`, memory: `${mebibytes}Mi` },
      limits: { memory: `${mebibytes * 2}Mi` },
    },
  };
  const proxy = {
    name: 'proxy',
    image: 'registry.example.com/mesh/proxy:1.24.1',
    ports: [{ name: 'mesh', containerPort: 15_090 }],
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory: '256Mi' } },
  };
  return { metadata: { labels }, spec: { containers: sidecar ? [main, proxy] : [main] } };
}
