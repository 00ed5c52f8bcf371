import type { VNode } from 'preact';
import type { AgreementLine } from '../../src/agreements/agreements.ts';
import { type Answer, html } from '../answer.ts';
import { permissionOf } from '../layout/count-text.ts';
import { DataTable } from '../layout/data-table.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';

/** Which agency may send what, for which purposes, and until when; and what is put to counsel. */
export async function agreementsPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const permission = permissionOf(visit);
  const agreements = await ports.agreements(permission);
  const terms = await ports.terms(
    permission,
    agreements.map(({ id }) => id),
  );
  const reviewing = visit.may('agreementReviews') ? visit.permit('agreementReviews') : undefined;
  const reviews = reviewing === undefined ? [] : await ports.reviews(reviewing);
  return html(
    renderPage({
      visit,
      title: say('nav.agreements'),
      children: (
        <>
          <h1>{say('nav.agreements')}</h1>
          <p class="lead">{say('agreements.lead')}</p>
          {agreements.length === 0 && <p>{say('agreements.none')}</p>}
          {reviews.length > 0 && (
            <DataTable
              caption={say('agreements.reviews')}
              columns={[
                { head: say('agreements.agreement') },
                { head: say('agreements.asked') },
                { head: say('agreements.reason') },
                { head: say('agreements.decision') },
              ]}
              rows={reviews.map((review) => [
                review.agreement,
                visit.day(review.askedAt.toISOString()),
                review.reason,
                review.decision ?? say('agreements.open'),
              ])}
            />
          )}
          {agreements.map((agreement) => (
            <Agreement
              key={agreement.id}
              visit={visit}
              agreement={agreement}
              version={terms.find((one) => one.agreement === agreement.id)?.version}
            />
          ))}
        </>
      ),
    }),
  );
}

interface AgreementProps {
  readonly visit: Visit;
  readonly agreement: AgreementLine;
  /** Of its newest terms. */
  readonly version: number | undefined;
}

function Agreement({ visit, agreement, version }: AgreementProps): VNode {
  const { say, day } = visit;
  const until = agreement.effectiveTo === null ? say('agreements.no_end') : day(agreement.effectiveTo);
  const words = (names: readonly string[]): string =>
    names.length === 0 ? '–' : names.map((name) => name.replaceAll('_', ' ')).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    [say('agreements.in_force'), say(agreement.inForce ? 'yes' : 'no')],
    [say('agreements.from'), day(agreement.effectiveFrom)],
    [say('agreements.to'), until],
    [say('agreements.agencies'), agreement.agencies.join(', ')],
    [say('agreements.purposes'), words(agreement.purposes)],
    [say('agreements.records'), words(agreement.recordTypes)],
    [say('agreements.withheld'), words(agreement.withheldFields)],
    [say('agreements.minor'), say(agreement.minorConsentServices ? 'yes' : 'no')],
    [say('agreements.up_front'), say(agreement.contentUpFront ? 'yes' : 'no')],
    [say('agreements.terms'), version === undefined ? '–' : say('version.of', { version })],
  ];
  return (
    <section aria-labelledby={`agreement-${agreement.id}`}>
      <h2 id={`agreement-${agreement.id}`}>{agreement.id}</h2>
      <dl class="facts">
        {facts.map(([head, value]) => (
          <>
            <dt>{head}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
