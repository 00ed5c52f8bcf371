/** What the forms about an agreement do: each ends at the page that they stand on, with what was wrong or without. */
import { kindNamed } from '../../../src/register/content.ts';
import { type Answer, seeOther } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { sentFields } from '../../layout/field-inputs.tsx';
import { attempted } from '../../layout/form-notice.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { notFoundPage } from '../not-found.tsx';
import { agreementPage, type Sent } from './agreement.tsx';

export async function recordTermsOf(visit: Visit, ports: Ports): Promise<Answer> {
  const fields = sentFields(kindNamed(ports.contracts, 'agreement_terms'), visit.sent);
  const terms = { agreement: visit.params['id'] ?? '', version: Number(visit.sent['version']), fields };
  const refused = await attempted(() => ports.recordTerms(permissionOf(visit), terms, personOf(visit)));
  return back(visit, ports, refused === undefined ? undefined : { form: 'terms', refused, fields });
}

export async function endAgreement(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '' } = visit.params;
  const refused = await attempted(() =>
    ports.terminate(permissionOf(visit), id, visit.sent['last_day'] ?? ''),
  );
  return back(visit, ports, refused === undefined ? undefined : { form: 'end', refused });
}

export async function askCounsel(visit: Visit, ports: Ports): Promise<Answer> {
  const { reason = '', key = '' } = visit.sent;
  const asked = { agreement: visit.params['id'] ?? '', reason, key, person: personOf(visit) };
  const refused = await attempted(() => ports.askReview(permissionOf(visit), asked));
  return back(visit, ports, refused === undefined ? undefined : { form: 'review', refused });
}

/** Whoever asked does not decide, and what was decided stays so: both find the table as it was. */
export async function decideForCounsel(visit: Visit, ports: Ports): Promise<Answer> {
  const { id = '' } = visit.params;
  const { decision = '' } = visit.sent;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return notFoundPage(visit);
  if (!['approved', 'changes_asked', 'refused'].includes(decision)) return notFoundPage(visit);
  await attempted(() => ports.decideReview(permissionOf(visit), { id, decision, person: personOf(visit) }));
  return seeOther('/agreements');
}

function personOf({ viewer }: Visit): string {
  return viewer.person ?? '';
}

async function back(visit: Visit, ports: Ports, sent: Sent | undefined): Promise<Answer> {
  const { id = '' } = visit.params;
  if (sent === undefined) return seeOther(`/agreements/${encodeURIComponent(id)}`);
  const permission = visit.permit('agreements');
  return permission === undefined
    ? notFoundPage(visit)
    : agreementPage({ ...visit, permission }, ports, sent);
}
