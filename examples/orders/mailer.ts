/** Stands for the shop's mail service. */
export async function sendReceipt(to: string, orderId: string, total: number): Promise<void> {
  console.log(`mailer  receipt for ${orderId} over ${total.toFixed(2)} sent to ${to}`);
}
