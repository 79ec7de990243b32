/**
 * Tests are compiled with the code (`tsc -b`) and run as what ships: plain ES modules, no transform. Three sizes:
 * unit (beside the source, no service), medium (`*.medium.spec.ts`: a real PostgreSQL or a real sandbox), and end to
 * end (`test/`).
 */
const common = {
  testEnvironment: 'node',
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/.arena/'],
  // The PostgreSQL under test starts with the first file that asks for it; the last run to end stops it.
  globalSetup: '<rootDir>/libs/persistence/dist/testing/jest-setup.js',
  globalTeardown: '<rootDir>/libs/persistence/dist/testing/jest-teardown.js',
};
const sources = ['libs', 'nle-wasm', 'migrations', 'agents', 'apps'].map((folder) => `<rootDir>/${folder}`);

export default {
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: sources,
      testMatch: ['**/dist/**/*.spec.js'],
      testPathIgnorePatterns: ['\\.medium\\.spec\\.js$'],
    },
    { ...common, displayName: 'medium', roots: sources, testMatch: ['**/dist/**/*.medium.spec.js'] },
    { ...common, displayName: 'end to end', roots: ['<rootDir>/test'], testMatch: ['**/dist/**/*.spec.js'] },
  ],
};
