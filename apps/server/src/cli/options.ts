import { type Command, InvalidArgumentError, Option } from 'commander';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** What every command takes. */
export interface CommonOptions {
  host: string;
  port: number;
  readyFile?: string;
  logLevel: (typeof LOG_LEVELS)[number];
}

/** What the commands with a dashboard take. */
export interface DashboardOptions extends CommonOptions {
  allowedHost: string[];
}

/** What the commands with an embedded cluster take. */
export interface MockCommandOptions extends CommonOptions {
  apiPort: number;
  speed: number;
  seed: number;
  services: boolean;
  nodes?: number;
  pods?: number;
  churn?: number;
}

/** What `demo` takes. */
export type DemoCommandOptions = DashboardOptions & MockCommandOptions;

/** What `serve` takes beside. */
export interface ServeCommandOptions extends DashboardOptions {
  kubeconfig?: string;
  context: string[];
}

const port = (text: string): number => {
  const value = Number(text);
  // An empty text would read as 0, which is any free port.
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('A port is a whole number from 0 (any free one) to 65535.');
};

const speed = (text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('A speed is a number above 0; 1 is real time, 10 is ten times as fast.');
};

const seed = (text: string): number => {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('A seed is a whole number.');
};

const count = (text: string): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It is a whole number, such as 5000.');
};

const rate = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError('It is a number of changes a second; 0 is none.');
};

/** Commander hands the default list in too; the first value given takes its place. */
const repeated = (text: string, given: string[]): string[] => [
  ...given,
  ...text.split(',').filter((one) => one !== ''),
];

const commonOptions = [
  new Option('--host <address>', 'the address to listen on').env('PORTOLAN_HOST').default('127.0.0.1'),
  new Option('--port <n>', 'the port of the dashboard; 0 takes any free one')
    .env('PORTOLAN_PORT')
    .default(8088)
    .argParser(port),
  new Option('--ready-file <file>', 'written once it serves: JSON {url, apiserver, kubeconfig, pid}').env(
    'PORTOLAN_READY_FILE',
  ),
  new Option('--log-level <level>', 'how much to say').env('PORTOLAN_LOG_LEVEL').choices(LOG_LEVELS).default('info'),
];

const dashboardOptions = [
  new Option('--allowed-host <name>', 'another name that this server may be called by; repeatable')
    .env('PORTOLAN_ALLOWED_HOST')
    .default([])
    .argParser(repeated),
];

const kubeconfigOptions = [
  new Option('--kubeconfig <file>', 'the kubeconfig; otherwise $KUBECONFIG, ~/.kube/config, or the pod itself').env(
    'PORTOLAN_KUBECONFIG',
  ),
  new Option('--context <name>', 'the context to serve; repeatable; otherwise the current one')
    .env('PORTOLAN_CONTEXT')
    .default([])
    .argParser(repeated),
];

const mockOptions = [
  new Option('--api-port <n>', "the port of the embedded cluster's API; 0 takes any free one")
    .env('PORTOLAN_API_PORT')
    .default(8089)
    .argParser(port),
  new Option('--speed <factor>', 'how fast the embedded cluster lives')
    .env('PORTOLAN_SPEED')
    .default(1)
    .argParser(speed),
  new Option('--seed <n>', 'what its chances are drawn from').env('PORTOLAN_SEED').default(1).argParser(seed),
  new Option('--nodes <n>', 'how many nodes the scenario large has (5000)').env('PORTOLAN_NODES').argParser(count),
  new Option('--pods <n>', 'how many pods it has (30 a node)').env('PORTOLAN_PODS').argParser(count),
  new Option('--churn <n>', 'about how many changes of pods a second it lives through; 0 is none (one in 3000 pods)')
    .env('PORTOLAN_CHURN')
    .argParser(rate),
  new Option('--no-services', 'leave the services of the embedded cluster without ports on this machine'),
];

const add = (command: Command, options: Option[]): Command =>
  options.reduce((on, option) => on.addOption(option), command);

export const withCommon = (command: Command): Command => add(command, commonOptions);
export const withDashboard = (command: Command): Command => add(withCommon(command), dashboardOptions);
export const withKubeconfig = (command: Command): Command => add(command, kubeconfigOptions);
export const withMock = (command: Command): Command => add(command, mockOptions);
