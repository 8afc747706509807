/** Sets this process's wall clock ahead by `CLOCK_SKEW_MS`, as on a machine whose clock is wrong. Imported before all else. */
const skew: number = Number(process.env.CLOCK_SKEW_MS ?? "0");

const RealDate = Date;

if (skew !== 0) {
  const now = (): number => RealDate.now() + skew;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args: readonly unknown[]) =>
      args.length === 0 ? new target(now()) : Reflect.construct(target, args),
    apply: (target) => new target(now()).toString(),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}
