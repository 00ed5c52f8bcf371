/** Providers confirm what the map says of them by a link that is mailed to them, good once and for four weeks. */
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { hashOf, newSecret } from '../access/secret-text.ts';
import { prepared } from '../db/prepared.ts';
import { type Claims, transaction } from '../db/transaction.ts';
import { NotFound, Refused } from '../errors.ts';
import { directory } from './directory.ts';
import type { Program } from './program.ts';
import { todayText } from './stale.ts';

const DAYS = 28;

/** Puts a mail with a link into the outbox; only the hash of the link stays here. */
export async function askToConfirm(
  api: DataSource,
  claims: Claims,
  { program: id, hubAddress }: { readonly program: string; readonly hubAddress: string },
): Promise<void> {
  const program = (await directory(api)).byId.get(id);
  const secret = newSecret();
  await transaction(
    api,
    async ({ client }) => {
      const { rowCount } = await client.query(
        'SELECT FROM directory.program WHERE id = $1 AND directory.may_keep(confidential, kept_by, counties)',
        [id],
      );
      if (program === undefined || rowCount === 0)
        throw new NotFound('NOT_FOUND', 'There is nothing here, or not for you.');
      // Asked again at once, it is the same request: nobody gets two mails.
      const open = await client.query(
        `SELECT FROM directory.confirmation WHERE program_id = $1 AND used_at IS NULL AND made_at > clock_timestamp() - interval '1 day'`,
        [id],
      );
      if ((open.rowCount ?? 0) > 0) return;
      const { email } = program.contact;
      if (email === undefined)
        throw new Refused('NO_EMAIL', 'The entry has no e-mail address to write to.', {
          remedy: 'Call its intake, and record the entry as verified.',
        });
      await client.query(
        `INSERT INTO directory.confirmation (hash, program_id, expires_at)
         VALUES ($1, $2, clock_timestamp() + make_interval(days => ${DAYS}))`,
        [hashOf(secret), id],
      );
      const { subject, body } = letter(program, `${hubAddress}/map/confirm/${secret}`);
      await client.query(
        'INSERT INTO directory.outbox (id, mail_to, subject, body) VALUES ($1, $2, $3, $4)',
        [randomUUID(), email, subject, body],
      );
    },
    claims,
  );
}

/** In both languages: who reads the mail is not known. */
function letter(
  { provider, name }: Program,
  link: string,
): { readonly subject: string; readonly body: string } {
  return {
    subject: 'Is your program’s entry still right? / ¿Sigue siendo correcta la ficha de su programa?',
    body: [
      `The county’s list of programs for young people has an entry for ${name} (${provider}).`,
      `Please look at it and confirm it; the link is good once, for ${DAYS} days:`,
      '',
      `La lista de programas del condado tiene una ficha de ${name} (${provider}).`,
      `Revísela y confírmela; el enlace sirve una vez, durante ${DAYS} días:`,
      '',
      link,
      '',
    ].join('\r\n'),
  };
}

/** The entry that a link is about; undefined for one that was used, has expired or never was. */
export async function entryOfLink(api: DataSource, secret: string): Promise<Program | undefined> {
  const [row] = await prepared<{ id: string | null }>(api, 'SELECT directory.link_of($1) AS id', [
    hashOf(secret),
  ]);
  const id = row?.id ?? undefined;
  return id === undefined ? undefined : (await directory(api)).byId.get(id);
}

export async function confirmByLink(api: DataSource, secret: string): Promise<boolean> {
  const [row] = await prepared<{ id: string | null }>(api, 'SELECT directory.confirm($1, $2) AS id', [
    hashOf(secret),
    todayText(),
  ]);
  return (row?.id ?? undefined) !== undefined;
}
