// The import directions of the house. Data flows downwards: a stage imports `packages/shared` and the stages above
// it, never below or sideways; only the composition roots know them all.

const serverStages = ['watch', 'store', 'log', 'stream', 'http', 'cli'];
const webStages = ['i18n', 'stream', 'store', 'layout', 'scene', 'render', 'views', 'ui'];

/** Each stage may not import those after it. */
const downwards = (app, stages) =>
  stages.slice(0, -1).map((stage, index) => ({
    name: `${app}-${stage}-flows-down`,
    severity: 'error',
    comment: `apps/${app}/src/${stage} is above ${stages.slice(index + 1).join(', ')}`,
    from: { path: `^apps/${app}/src/${stage}/` },
    to: { path: `^apps/${app}/src/(${stages.slice(index + 1).join('|')}|main)(/|\\.)` },
  }));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      severity: 'error',
      comment: 'packages/shared does no I/O and knows nobody',
      from: { path: '^packages/shared/src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages/(?!shared/)|apps/|e2e/|bench/|lab/)|^node:|^(fs|http|net|path|os)$' },
    },
    {
      name: 'mock-knows-only-shared',
      severity: 'error',
      from: { path: '^packages/mock-apiserver/' },
      to: { path: '^(apps|e2e|bench|lab)/' },
    },
    {
      name: 'server-and-web-apart',
      severity: 'error',
      from: { path: '^apps/(server|web)/' },
      to: { path: '^apps/(server|web)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-laboratory-apart',
      severity: 'error',
      comment: 'only what tests and measures knows the laboratory',
      from: { path: '^(apps|packages)/' },
      to: { path: '^lab/' },
    },
    {
      name: 'the-laboratory-has-no-picture',
      severity: 'error',
      comment: 'of the page, it takes the stream and the store',
      from: { path: '^lab/' },
      to: { path: '^apps/web/src/(?!stream/|store/)' },
    },
    {
      name: 'the-mock-only-at-the-root',
      severity: 'error',
      comment: 'only the composition (cli, main) and tests know the embedded cluster',
      from: { path: '^apps/server/src/(watch|store|log|stream|http)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/mock-apiserver/' },
    },
    {
      name: 'no-inner-barrels',
      severity: 'error',
      comment: "a package's index.ts is for others",
      from: { path: '^(packages|apps)/([^/]+)/src/' },
      to: { path: '^$1/$2/src/index\\.ts$' },
    },
    {
      name: 'no-reaching-into-packages',
      severity: 'error',
      from: { path: '^(apps|e2e|bench|lab)/' },
      to: { path: '^packages/[^/]+/src/(?!index\\.ts$)' },
    },
    {
      name: 'no-reaching-between-packages',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/(?!index\\.ts$)', pathNot: '^packages/$1/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/src/testing/' },
      to: { path: '/src/testing/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...downwards('server', serverStages),
    ...downwards('web', webStages),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
    },
  },
};
