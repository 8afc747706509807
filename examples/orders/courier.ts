/** Stands for the courier's booking service. */
export async function book(orderId: string): Promise<string> {
  console.log(`courier booked for ${orderId}, will come when it comes`);
  return `trip-${orderId}`;
}
