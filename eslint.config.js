import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      // AssemblyScript: its own compiler checks it.
      'agents/wasm/assemblyscript/**',
      'agents/templates/wasm-assemblyscript/**',
      'agents/baselines/random/wasm-assemblyscript/**',
      'apps/web/build/**',
      '.arena/**',
      'nle-wasm/.cache/**',
      'nle-wasm/out/**',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // NestJS modules are classes with nothing but a decorator.
      '@typescript-eslint/no-extraneous-class': 'off',
      // NestJS types its options as classes and is called with literals.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Numbers in messages are what they look like.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
);
