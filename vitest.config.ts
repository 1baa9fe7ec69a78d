import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', 'e2e/**'];

/**
 * Unit tests stand beside the code; integration tests (`*.integration.test.ts`) speak real HTTP; those that need a real
 * control plane (`*.real.test.ts`) are run by `npm test -- conformance-real` and `lab-real` alone.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.integration.test.ts', '**/*.real.test.ts', '**/*.lab.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['lab/**/*.lab.test.ts'],
          // Vitest leaves one core free, and of two there would be one: worlds mostly wait.
          maxWorkers: 2,
          exclude,
          testTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'conformance-real',
          include: ['packages/**/*.real.test.ts'],
          exclude,
        },
      },
      {
        test: {
          name: 'lab-real',
          include: ['lab/**/*.real.test.ts'],
          exclude,
          fileParallelism: false,
        },
      },
    ],
  },
});
