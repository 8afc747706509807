/** What an app may say to the plugin; everything is optional. */
export interface DurableOptions {
  /** The folder whose `.durable` files belong together, relative to the working directory, which is the default. */
  readonly root?: string;
  /** Warnings fail the build, as if the configuration said so. */
  readonly strict?: boolean;
  /** Writes `orders.d.durable.ts` beside `orders.durable`, so that TypeScript knows what is imported. On by default. */
  readonly types?: boolean;
}
