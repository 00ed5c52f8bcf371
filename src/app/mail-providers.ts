/** Mail that asks providers to confirm their entry, by the relay that the schedule names. */
import type { DataSource } from 'typeorm';
import { openMailer } from '../../etl/alerts/mailer.ts';
import type { Relay } from '../../etl/schedule/schedule-file.ts';
import { type MailSent, sendWaitingMail } from '../providers/outbox.ts';

export async function mailProviders(loader: DataSource, relay: Relay): Promise<MailSent> {
  const mailer = openMailer(relay);
  try {
    return await sendWaitingMail(loader, ({ to, subject, body }) =>
      mailer.send({ to: [to], subject, text: body }),
    );
  } finally {
    mailer.close();
  }
}
