import { defineConfig } from "vitest/config";

// Tests run the TypeScript sources of the workspaces, not their bundles.
const conditions = ["@durablec/source", "module", "node", "development|production"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["test/**/*.test.ts"],
    // Real Postgres for the tests that ask for it.
    globalSetup: ["test/support/setup.ts"],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // A second, as it is otherwise, is not enough on a machine that has other things to do.
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
  },
});
