/** When a statement is sent again, and what is said when that does not help. */
import { expect, test } from "vitest";
import type { Database } from "../../runtime/store/postgres/database.ts";
import { resending } from "../../runtime/store/postgres/resend.ts";

const STATEMENT = { name: "any", text: "SELECT 1" };

/** A database that fails with each of the codes in turn and then answers. */
function failing(...codes: readonly string[]): Database & { sent(): number } {
  let sent = 0;
  return {
    query: async () => {
      const code = codes[sent++];
      if (code !== undefined) throw Object.assign(new Error(`failed with ${code}`), { code });
      return [{ sent }];
    },
    transaction: () => Promise.reject(new Error("not in this test")),
    listen: null,
    close: async () => {},
    address: "db.example:5432/shop",
    sent: () => sent,
  };
}

test.each([
  ["a deadlock", "40P01"],
  ["a serialization failure", "40001"],
  ["a server that is starting", "57P03"],
  ["a server that was ended", "57P01"],
  ["too many connections", "53300"],
  ["a full disk", "53100"],
  ["a cut connection", "ECONNRESET"],
  ["a server that is not there yet", "ECONNREFUSED"],
])("%s is worth another try", async (_, code) => {
  expect(await resending(failing(code, code)).query(STATEMENT, [])).toEqual([{ sent: 3 }]);
});

test.each([
  ["data the database cannot hold", "22P05", "data_refused"],
  ["a value too large", "54000", "data_refused"],
  ["a wrong password", "28P01", "database_refused"],
  ["a missing table", "42P01", "schema_missing"],
  ["a violated constraint", "23514", "database_error"],
])("%s is not", async (_, code, expected) => {
  const database = failing(code);
  await expect(resending(database).query(STATEMENT, [])).rejects.toMatchObject({ name: "StoreError", code: expected });
  expect(database.sent()).toBe(1);
});

test("a server that stays away is given up on, and named", async () => {
  const database = failing(...Array.from({ length: 1_000 }, () => "ECONNREFUSED"));
  await expect(resending(database, 200).query(STATEMENT, [])).rejects.toMatchObject({
    code: "database_unreachable",
    message: "Cannot reach the database at db.example:5432/shop: failed with ECONNREFUSED.",
  });
  expect(database.sent()).toBeGreaterThan(1);
});
