/** Mail that waits: handed to whatever sends mail here, and then forgotten but for when and to whom. */
import type { DataSource } from 'typeorm';
import { transaction } from '../db/transaction.ts';

export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface MailSent {
  readonly sent: number;
  /** That could not be handed over, and wait. */
  readonly kept: number;
}

/** After this the link in a mail holds no longer. */
const WORTH_SENDING = `made_at > clock_timestamp() - interval '28 days'`;
/** So many in a row say that it is not their addresses. */
const MOST_FAILURES = 3;

/** Each mail once, whoever else is at it; one that its addressee's server does not take keeps no other from going out. */
export async function sendWaitingMail(
  loader: DataSource,
  send: (mail: Mail) => Promise<void>,
): Promise<MailSent> {
  const waiting = await loader.query<{ id: string }[]>(
    `SELECT id FROM directory.outbox WHERE sent_at IS NULL AND ${WORTH_SENDING} ORDER BY made_at, id`,
  );
  let sent = 0;
  let failures = 0;
  for (const { id } of waiting) {
    try {
      if (await sendOne(loader, id, send)) sent++;
      failures = 0;
    } catch {
      if (++failures === MOST_FAILURES) break;
    }
  }
  const [left] = await loader.query<[{ kept: number }]>(
    `SELECT count(*)::int AS kept FROM directory.outbox WHERE sent_at IS NULL AND ${WORTH_SENDING}`,
  );
  return { sent, kept: left.kept };
}

async function sendOne(
  loader: DataSource,
  id: string,
  send: (mail: Mail) => Promise<void>,
): Promise<boolean> {
  return transaction(loader, async ({ client }) => {
    const { rows } = await client.query<Mail>(
      `SELECT id, mail_to AS "to", subject, body FROM directory.outbox
       WHERE id = $1 AND sent_at IS NULL FOR UPDATE SKIP LOCKED`,
      [id],
    );
    if (rows[0] === undefined) return false;
    await send(rows[0]);
    await client.query(`UPDATE directory.outbox SET sent_at = clock_timestamp(), body = '' WHERE id = $1`, [
      id,
    ]);
    return true;
  });
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
