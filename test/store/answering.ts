/** A server that gives the same answers to whoever connects, and finds out when they have left. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** Of a Postgres server that wants a password. */
export const SASL = [message(10, "SCRAM-SHA-256\0\0"), message(11, "r=nonce,s=salt,i=4096")];

/** An authentication request of the wire protocol. */
function message(kind: number, text: string): string {
  const head = Buffer.from("R.........");
  head.writeInt32BE(8 + text.length, 1);
  head.writeInt32BE(kind, 5);
  return head.toString("latin1", 0, 9) + text;
}

export interface Answering {
  readonly port: number;
  /** When the first that came has gone. */
  readonly left: Promise<unknown>;
  readonly close: () => void;
}

export async function startAnswering(answers: readonly string[]): Promise<Answering> {
  const server = createServer((socket) => {
    const left = [...answers];
    socket.on("data", () => socket.write(left.shift() ?? "", "latin1"));
    socket.on("error", () => {});
    socket.on("close", () => server.emit("left"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, left: once(server, "left"), close: () => server.close() };
}
