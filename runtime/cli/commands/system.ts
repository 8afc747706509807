/** Commands on the whole: schema, workers, counts. */
import { type OperationCommand, several, WORKFLOWS, whole } from "../options.ts";
import { serve } from "../serve.ts";
import { table } from "../table.ts";

export const systemCommands: readonly OperationCommand[] = [
  {
    usage: "migrate",
    description: "bring the database's schema up to date",
    options: [],
    creates: true,
    run: async () => ({ json: { migrated: true }, text: "The schema is up to date." }),
  },
  {
    usage: "worker",
    description: "run executions until it is told to stop (SIGINT, SIGTERM)",
    options: [
      WORKFLOWS,
      ["--queue <name[=concurrency]>", "a queue to serve; may be repeated; default: default=10", several],
      ["--lease <ms>", "how long others wait before they take over; default: 30000", whole(1)],
      ["--poll <ms>", "how often it looks for work that nobody has told it of; default: 1000", whole(1)],
      ["--opentelemetry", "spans and metrics through the OpenTelemetry SDK that NODE_OPTIONS has set up", () => true],
      ["--grace <ms>", "how long running code may go on at the end; default: 10000", whole(0)],
    ],
    creates: true,
    run: serve,
  },
  {
    usage: "status",
    description: "how many executions there are of each status",
    options: [],
    run: async ({ durable }) => {
      const counts = await durable.counts();
      const rows = counts.map(({ status, count }) => [status, count]);
      return { json: counts, text: table(["STATUS", "EXECUTIONS"], rows, "There are no executions.") };
    },
  },
];
