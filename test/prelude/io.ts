/** A world that always answers the same. */
import type { Io } from "../../runtime/io.ts";

/** What has been logged since the last look. */
export const logged: string[] = [];

export const io = {
  now: () => "2024-02-29T12:30:45.678Z",
  random: () => 0.5,
  log: (level: string, message: string) => {
    logged.push(`${level}: ${message}`);
    return "ok" as const;
  },
} as Partial<Io>;
