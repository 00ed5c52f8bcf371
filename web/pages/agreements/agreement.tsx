import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { AgreementLine, TermsVersion } from '../../../src/agreements/agreements.ts';
import type { Refused } from '../../../src/errors.ts';
import { type FieldText, kindNamed } from '../../../src/register/content.ts';
import { fieldValues } from '../../../src/register/field-values.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { Facts } from '../../layout/facts.tsx';
import { FieldInputs } from '../../layout/field-inputs.tsx';
import { FormNotice } from '../../layout/form-notice.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { notFoundPage } from '../not-found.tsx';

/** What a form of the page sent that was refused, and why. */
export interface Sent {
  readonly form: 'terms' | 'end' | 'review';
  readonly refused: Refused;
  readonly fields?: readonly FieldText[];
}

/** One agreement: what it allows, its terms with their history, and the forms for those who look after it. */
export async function agreementPage(visit: Visit, ports: Ports, sent?: Sent): Promise<Answer> {
  const permission = permissionOf(visit);
  const id = visit.params['id'] ?? '';
  const [agreement] = await ports.agreements(permission, id);
  if (agreement === undefined) return notFoundPage(visit);
  const terms = await ports.terms(permission, [id]);
  const { say } = visit;
  const answer = html(
    renderPage({
      visit,
      title: id,
      children: (
        <>
          <nav class="trail" aria-label={say('trail')}>
            <a href="/agreements">{say('nav.agreements')}</a>
          </nav>
          <h1>{id}</h1>
          <Allowed visit={visit} agreement={agreement} />
          <h2>{say('agreements.terms')}</h2>
          <InEnglish visit={visit} />
          <Terms visit={visit} ports={ports} terms={terms} />
          {visit.may('recordAgreementTerms') && (
            <TermsForm visit={visit} ports={ports} id={id} newest={terms[0]} sent={sent} />
          )}
          {visit.may('terminateAgreement') && (agreement.inForce || sent?.form === 'end') && (
            <EndForm visit={visit} id={id} sent={sent} />
          )}
          {visit.may('askAgreementReview') && <ReviewForm visit={visit} id={id} sent={sent} />}
        </>
      ),
    }),
  );
  return sent === undefined ? answer : { ...answer, status: 422 };
}

function Allowed({ visit, agreement }: { readonly visit: Visit; readonly agreement: AgreementLine }): VNode {
  const { say, day } = visit;
  const words = (names: readonly string[]): string =>
    names.length === 0 ? '–' : names.map((name) => name.replaceAll('_', ' ')).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    [say('agreements.in_force'), say(agreement.inForce ? 'yes' : 'no')],
    [say('agreements.from'), day(agreement.effectiveFrom)],
    [
      say('agreements.to'),
      agreement.effectiveTo === null ? say('agreements.no_end') : day(agreement.effectiveTo),
    ],
    [say('agreements.agencies'), agreement.agencies.join(', ')],
    [say('agreements.purposes'), words(agreement.purposes)],
    [say('agreements.records'), words(agreement.recordTypes)],
    [say('agreements.withheld'), words(agreement.withheldFields)],
    [say('agreements.minor'), say(agreement.minorConsentServices ? 'yes' : 'no')],
    [say('agreements.up_front'), say(agreement.contentUpFront ? 'yes' : 'no')],
    [
      say('agreements.destroyed'),
      agreement.destroyedAt === null ? '–' : day(agreement.destroyedAt.toISOString()),
    ],
  ];
  return <Facts facts={facts} />;
}

interface TermsProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly terms: readonly TermsVersion[];
}

function Terms({ visit, ports: { contracts }, terms }: TermsProps): VNode {
  const { say, day } = visit;
  if (terms.length === 0) return <p class="remark">{say('agreements.terms.none')}</p>;
  const { fields } = kindNamed(contracts, 'agreement_terms');
  const said = terms.map(
    ({ content }) =>
      new Map(
        fieldValues(contracts, 'agreement_terms', content).map(({ name, labels }) => [
          name,
          labels.join(', '),
        ]),
      ),
  );
  return (
    <DataTable
      caption={say('agreements.terms.versions')}
      columns={[
        { head: say('register.says') },
        ...terms.map(({ version, recordedAt }) => ({
          head: `${say('version.of', { version })} (${day(recordedAt.toISOString())})`,
        })),
      ]}
      rows={fields.map(({ name, words }) => [
        <span lang="en">{words}</span>,
        ...said.map((values) => <span lang="en">{values.get(name) ?? '–'}</span>),
      ])}
    />
  );
}

interface FormProps {
  readonly visit: Visit;
  readonly id: string;
  readonly sent: Sent | undefined;
}

function refusedBy({ sent }: FormProps, form: Sent['form']): Refused | undefined {
  return sent?.form === form ? sent.refused : undefined;
}

function TermsForm(
  props: FormProps & { readonly ports: Ports; readonly newest: TermsVersion | undefined },
): VNode {
  const { visit, id, ports, newest, sent } = props;
  const { say } = visit;
  const refused = refusedBy(props, 'terms');
  const given =
    sent?.fields ??
    (newest === undefined ? [] : fieldValues(ports.contracts, 'agreement_terms', newest.content));
  return (
    <details open={refused !== undefined}>
      <summary>{say('agreements.terms.record')}</summary>
      <form class="entry" method="post" action={`/agreements/${encodeURIComponent(id)}/terms`}>
        <FormNotice visit={visit} refused={refused} />
        <input type="hidden" name="version" value={String(newest?.version ?? 0)} />
        <FieldInputs
          visit={visit}
          contracts={ports.contracts}
          kind={kindNamed(ports.contracts, 'agreement_terms')}
          given={given}
        />
        <button type="submit">{say('form.record')}</button>
      </form>
    </details>
  );
}

function EndForm(props: FormProps): VNode {
  const { visit, id } = props;
  const { say } = visit;
  return (
    <>
      <h2>{say('agreements.end')}</h2>
      <p>{say('agreements.end.more')}</p>
      <form class="entry" method="post" action={`/agreements/${encodeURIComponent(id)}/end`}>
        <FormNotice visit={visit} refused={refusedBy(props, 'end')} />
        <div>
          <label for="last-day">{say('agreements.last_day')}</label>
          <input id="last-day" name="last_day" type="date" required value={visit.sent['last_day'] ?? ''} />
        </div>
        <button type="submit">{say('agreements.end')}</button>
      </form>
    </>
  );
}

function ReviewForm(props: FormProps): VNode {
  const { visit, id } = props;
  const { say } = visit;
  return (
    <>
      <h2>{say('agreements.ask')}</h2>
      <form class="entry" method="post" action={`/agreements/${encodeURIComponent(id)}/review`}>
        <FormNotice visit={visit} refused={refusedBy(props, 'review')} />
        <input type="hidden" name="key" value={visit.sent['key'] ?? randomUUID()} />
        <div>
          <label for="reason">{say('agreements.ask.what')}</label>
          <textarea id="reason" name="reason" rows={3} maxLength={2000} required>
            {visit.sent['reason'] ?? ''}
          </textarea>
        </div>
        <button type="submit">{say('agreements.ask')}</button>
      </form>
    </>
  );
}
