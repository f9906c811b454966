import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const environment = 'Read the environment in src/config, as one typed object.';
const tooManyParameters = 'At most 4 parameters (8 in a constructor): pass one object.';

const parameterLimits = [
  { selector: 'FunctionDeclaration[params.length>4]', message: tooManyParameters },
  { selector: 'ArrowFunctionExpression[params.length>4]', message: tooManyParameters },
  {
    selector: ':not(MethodDefinition[kind="constructor"]) > FunctionExpression[params.length>4]',
    message: tooManyParameters,
  },
  {
    selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>8]',
    message: tooManyParameters,
  },
];

const appends = ['name', 'property.name'].map((place) => ({
  selector: `CallExpression[callee.property.name="append"][callee.object.${place}=/log$/i]`,
  message: 'Only ingestion appends to the event log: send a RecordEventsCommand.',
}));

const environmentAccess = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: environment }],
  'no-restricted-imports': [
    'error',
    { paths: ['node:process', 'process'].map((name) => ({ name, importNames: ['env'], message: environment })) },
  ],
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'data/', 'node_modules/'] },
  {
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      'max-depth': ['error', 3],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...environmentAccess,
      'no-restricted-syntax': ['error', ...parameterLimits, ...appends],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // rejects Nest's option objects
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['src/config/**', 'src/main.ts', 'src/cli.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/ingestion/**', 'src/storage/event-log/**'],
    rules: { 'no-restricted-syntax': ['error', ...parameterLimits] },
  },
  {
    files: ['**/*.spec.ts', 'test/**'],
    rules: {
      'max-lines-per-function': 'off', // a describe block is a list, not a function
      'no-restricted-properties': 'off',
      'no-restricted-imports': 'off',
      'no-restricted-syntax': ['error', ...parameterLimits],
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', ...parameterLimits] },
  },
);
