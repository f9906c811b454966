/**
 * The rules of the house, checked. A room may import the rooms above it in this list: that is the order in which an event passes them.
 * @type {string[]}
 */
const foundation = ['domain', 'config', 'platform', 'storage', 'sources', 'receivers', 'ingestion', 'consuming'];
const capabilities = [
  'operations',
  'trail',
  'inventory',
  'ledger',
  'privacy',
  'access',
  'legacy-secrets',
  'alerts',
  'streams',
  'reporting',
  'console',
];

const free = ['\\.spec\\.ts$', '^test/'];
const contracts = '\\.(port|command|query|module)\\.ts$';
const messages = '\\.(port|command|query|module|event|view)\\.ts$';
const composition = '^src/(main|cli|serve|service|app\\.module)\\.ts$';
const anyOf = (rooms) => `^src/(${rooms.join('|')})/`;

/** Rule 2, once per room: nothing below it, but through a contract. */
const oneWay = foundation.map((room, index) => ({
  name: `flow-of-${room}`,
  comment: 'An event passes the rooms in one direction, so code can be read in one direction too',
  severity: 'error',
  from: { path: `^src/${room}/`, pathNot: free },
  to: { path: anyOf([...foundation.slice(index + 1), ...capabilities]), pathNot: contracts },
}));

/** Rule 5: a driver and the folders that may know it. */
const drivers = {
  kafkajs: ['^src/storage/event-log/kafka/', '^src/receivers/kafka-topic/', '^src/streams/.*kafka'],
  '@elastic/elasticsearch': [
    '^src/storage/elasticsearch/',
    '^src/storage/(read-store|state-store)/elasticsearch/',
    '^src/streams/.*elasticsearch',
  ],
  pdfkit: ['^src/reporting/pdf/'],
  'passport[^/]*': ['^src/access/'],
  '@nestjs/passport': ['^src/access/'],
};

const driversAtHome = Object.entries(drivers).map(([driver, homes]) => ({
  name: `driver-at-home-${driver}`,
  comment: 'A store can be replaced only while one folder knows its driver',
  severity: 'error',
  from: { path: '^src/', pathNot: [...free, ...homes] },
  to: { path: `(^|node_modules/)(@types/)?${driver}(/|$)`, dependencyTypesNot: ['local'] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment: 'The vocabulary outlives every framework: it knows Node and itself only',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: free },
      to: { pathNot: '^src/domain/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'capability-domain-is-pure',
      comment:
        'Decisions are tested with data alone: the shared vocabulary, their own folder and messages are all they see',
      severity: 'error',
      from: { path: `${anyOf(capabilities)}domain/`, pathNot: free },
      to: { pathNot: ['^src/domain/', '^src/$1/domain/', messages], dependencyTypesNot: ['core'] },
    },
    {
      name: 'config-and-platform-know-domain-only',
      comment: 'Everything stands on these two, so they stand on nothing but the vocabulary',
      severity: 'error',
      from: { path: '^src/(config|platform)/', pathNot: free },
      to: { path: '^src/', pathNot: ['^src/domain/', '^src/$1/'] },
    },
    ...oneWay,
    {
      name: 'composition-is-at-the-top',
      comment: 'The program composes the rooms; no room knows the program',
      severity: 'error',
      from: { path: '^src/', pathNot: [...free, composition] },
      to: { path: composition },
    },
    {
      name: 'receivers-are-edges',
      comment: 'Ways in are the outermost ring: only the composition knows which there are',
      severity: 'error',
      from: { path: '^src/', pathNot: [...free, composition, '^src/receivers/'] },
      to: { path: '^src/receivers/' },
    },
    {
      name: 'console-is-an-edge',
      comment: 'Pages are the outermost ring: only the composition knows them',
      severity: 'error',
      from: { path: '^src/', pathNot: [...free, composition, '^src/console/'] },
      to: { path: '^src/console/' },
    },
    {
      name: 'capabilities-talk-by-messages',
      comment: 'A capability can be rebuilt inside as long as its messages, ports and module stay',
      severity: 'error',
      from: { path: anyOf(capabilities), pathNot: free },
      to: { path: anyOf(capabilities), pathNot: ['^src/$1/', messages] },
    },
    {
      name: 'no-barrels',
      comment: 'An index file hides which file is meant, and makes cycles',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { path: '/index\\.ts$', pathNot: 'node_modules' },
    },
    {
      name: 'siblings-are-strangers',
      comment: 'One source or receiver can be added, changed and removed without reading another',
      severity: 'error',
      from: { path: '^src/(sources|receivers)/([^/]+)/', pathNot: free },
      to: { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/' },
    },
    {
      name: 'adapters-are-strangers',
      comment: 'One adapter can be added, changed and removed without reading another',
      severity: 'error',
      from: { path: '^src/storage/([^/]+)/([^/]+)/', pathNot: free },
      to: { path: '^src/storage/[^/]+/[^/]+/', pathNot: '^src/storage/$1/$2/' },
    },
    ...driversAtHome,
    {
      name: 'driver-at-home-sqlite',
      comment: 'A store can be replaced only while its own folders know its driver',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [...free, '^src/storage/sqlite/', '^src/storage/[^/]+/sqlite/', '^src/legacy-secrets/.*sqlite'],
      },
      to: { path: '^(node:)?sqlite$' },
    },
    {
      name: 'no-cycles',
      comment: 'Files in a cycle can only be understood together; a type alone does not make one',
      severity: 'error',
      from: { path: '^(src|test)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'workers-are-started',
      comment: 'Importing a thread entry point would run it in the wrong thread: start it by its URL',
      severity: 'error',
      from: {},
      to: { path: '\\.worker\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shipped-code-stands-alone',
      comment: 'What ships may use neither tests nor packages that are there for development only',
      severity: 'error',
      from: { path: '^src/', pathNot: free },
      to: { path: ['^test/', '\\.spec\\.ts$'] },
    },
    {
      name: 'no-development-packages',
      comment: 'A package for development only is missing where Keytrail runs',
      severity: 'error',
      from: { path: '^src/', pathNot: free },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere fails only at run time',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
