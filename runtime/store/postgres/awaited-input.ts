/**
 * When an execution waits for an input of a name. With the latest request of that name, without a response, and a timeout
 * that is not over, the request is open.
 */
export function awaitedInput(row: string, name: string): string {
  return `(${row}.wait->>'on' = 'input' AND ${row}.wait->>'name' = ${name} AND NOT ${row}.wait ? 'cancelled')`;
}
