/** What the workflow calls as `Mailer`. Replace it with your mail service. */

/** `Mailer.send_mail(to, text)`; gives the id of the mail. */
export async function sendMail(to: string, text: string): Promise<string> {
  console.log(`mail to ${to}: ${text}`);
  return `mail-${to}`;
}
