/** Mail that waits: handed to whatever sends mail here, and then forgotten but for when and to whom. */
import type { DataSource } from 'typeorm';

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export async function waitingMail(loader: DataSource): Promise<readonly Mail[]> {
  return loader.query<Mail[]>(
    `SELECT id, mail_to AS "to", subject, body FROM directory.outbox WHERE sent_at IS NULL ORDER BY made_at, id`,
  );
}

export async function markSent(loader: DataSource, id: string): Promise<void> {
  await loader.query(`UPDATE directory.outbox SET sent_at = clock_timestamp(), body = '' WHERE id = $1`, [
    id,
  ]);
}

/** As a mail program takes it: headers that are not ASCII are encoded. */
export function asMessage({ to, subject, body }: Mail): string {
  return [
    `To: ${to}`,
    `Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    body,
  ].join('\r\n');
}
