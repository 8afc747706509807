/**
 * A TCP proxy in front of Postgres that can cut a connection in the middle of a statement, before the server has it or
 * after it has been carried out, and that loses or repeats notifications.
 */
import { connect, createServer, type Server, type Socket } from "node:net";

export type Cut = "before" | "after";

export interface FaultyLink {
  /** Of the same database, through the proxy. */
  readonly url: string;
  /** The next statement that somebody sends is cut off: half of it arrives, or all of it and its answer is lost. */
  cut(when: Cut): void;
  /** How often each notification that comes is passed on: 0 loses it, 2 repeats it. */
  notify(times: number): void;
  readonly counts: { cuts: number; lost: number; repeated: number };
  close(): void;
}

const NOTIFICATION = "A".charCodeAt(0);

export async function startLink(database: string): Promise<FaultyLink> {
  const { hostname, port } = new URL(database);
  const counts = { cuts: 0, lost: 0, repeated: 0 };
  const sockets = new Set<Socket>();
  let cut: Cut | null = null;
  let times = 1;

  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    const destroy = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", destroy).on("close", () => {
        sockets.delete(socket);
        destroy();
      });
    }
    let isReady = false;
    let loses = false;
    client.on("data", (chunk: Buffer) => {
      // A connection that is still being made would only be made again.
      const how = isReady ? cut : null;
      if (how === null) return void upstream.write(chunk);
      cut = null;
      counts.cuts += 1;
      if (how === "before") {
        upstream.write(chunk.subarray(0, chunk.length / 2), destroy);
      } else {
        loses = true;
        upstream.write(chunk);
      }
    });
    const messages = messagesOf((message) => {
      if (loses) return destroy();
      isReady ||= message[0] === "Z".charCodeAt(0);
      if (message[0] !== NOTIFICATION) return void client.write(message);
      counts.lost += times === 0 ? 1 : 0;
      counts.repeated += times > 1 ? 1 : 0;
      for (let n = 0; n < times; n++) client.write(message);
    });
    upstream.on("data", messages);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: Object.assign(new URL(database), { port: String(portOf(server)) }).href,
    cut: (when) => {
      cut = when;
    },
    notify: (each) => {
      times = each;
    },
    counts,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Cuts the server's bytes into its messages: a type, and a length that counts itself. */
function messagesOf(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 5 && rest.length > rest.readUInt32BE(1)) {
      const end = 1 + rest.readUInt32BE(1);
      take(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
