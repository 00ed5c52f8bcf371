import type { ClientBase } from 'pg';
import { Refused } from '../errors.ts';
import { type DatasetRequest, textOf } from './request.ts';

/** A request rests on an agreement that is in force for its purpose, today and until its last day. */
export async function requireAgreement(
  client: ClientBase,
  request: Pick<DatasetRequest, 'content'>,
  today: string,
): Promise<void> {
  const agreement = textOf(request, 'agreement');
  const { rows } = await client.query<{ from: string; to: string | null }>(
    'SELECT effective_from::text AS from, effective_to::text AS to FROM dataset.agreement_for($1, $2)',
    [agreement, textOf(request, 'purpose')],
  );
  const [found] = rows;
  // An agreement for something else is as good as none, and is told from none nowhere.
  if (found === undefined)
    throw new Refused('NO_AGREEMENT', 'There is no agreement of that name for that purpose.', {
      remedy: 'The hub’s steward registers it: npx tessera sources apply',
    });
  if (found.from > today || (found.to !== null && found.to < today))
    throw new Refused(
      'AGREEMENT_NOT_IN_FORCE',
      `The agreement is in force from ${found.from}${found.to === null ? '' : ` to ${found.to}`}, not on ${today}.`,
      { remedy: 'It is prolonged by a new agreement, which the request then names.' },
    );
  if (found.to !== null && textOf(request, 'until') > found.to)
    throw new Refused(
      'AGREEMENT_ENDS_BEFORE',
      `The agreement ends on ${found.to}, before the dataset’s last day.`,
      {
        remedy: 'Name an earlier last day, or a new agreement.',
      },
    );
}
