/** Tests are compiled with the code (`tsc -b`) and run as what ships: plain ES modules, no transform. */
export default {
  testEnvironment: 'node',
  transform: {},
  roots: [
    '<rootDir>/libs',
    '<rootDir>/nle-wasm',
    '<rootDir>/migrations',
    '<rootDir>/agents',
    '<rootDir>/apps',
    '<rootDir>/test',
  ],
  testMatch: ['**/dist/**/*.spec.js'],
  modulePathIgnorePatterns: ['<rootDir>/.arena/'],
  testTimeout: 60_000,
  // The PostgreSQL under test starts with the first file that asks for it; the last run to end stops it.
  globalSetup: '<rootDir>/libs/persistence/dist/testing/jest-setup.js',
  globalTeardown: '<rootDir>/libs/persistence/dist/testing/jest-teardown.js',
};
