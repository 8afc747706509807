/** Stands for the shop's bank. Its first answer to anyone is that it is busy, so that there is something to retry. */
import { durableContext, error, ok } from "@durablec/runtime";

let isBusy = true;

/** Charges once for each idempotency key, however often it is asked. */
export async function charge(orderId: string, amount: number) {
  const { idempotencyKey } = durableContext();
  if (isBusy) {
    isBusy = false;
    console.log(`bank    busy, ${orderId} will have to ask again`);
    return error("the bank is busy");
  }
  console.log(`bank    charged ${amount.toFixed(2)} for ${orderId}`);
  return ok(`pay_${idempotencyKey.slice(0, 8)}`);
}
