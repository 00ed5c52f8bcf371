import type { VNode } from 'preact';
import type { Review } from '../../../src/agreements/reviews.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

/** Which agency may send what, for which purposes, and until when; and what is put to counsel. */
export async function agreementsPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, day } = visit;
  const agreements = await ports.agreements(permissionOf(visit));
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
          {reviews.length > 0 && <Reviews visit={visit} reviews={reviews} />}
          {agreements.length === 0 ? (
            <p>{say('agreements.none')}</p>
          ) : (
            <DataTable
              caption={say('nav.agreements')}
              columns={[
                { head: say('agreements.agreement') },
                { head: say('agreements.agencies') },
                { head: say('agreements.in_force') },
                { head: say('agreements.from') },
                { head: say('agreements.to') },
              ]}
              rows={agreements.map((agreement) => [
                <a href={`/agreements/${encodeURIComponent(agreement.id)}`}>{agreement.id}</a>,
                agreement.agencies.join(', '),
                say(agreement.inForce ? 'yes' : 'no'),
                day(agreement.effectiveFrom),
                agreement.effectiveTo === null ? say('agreements.no_end') : day(agreement.effectiveTo),
              ])}
            />
          )}
        </>
      ),
    }),
  );
}

const DECISIONS = ['approved', 'changes_asked', 'refused'] as const;

/** Open ones with what counsel may answer; whoever asked is refused when they decide. */
function Reviews({ visit, reviews }: { readonly visit: Visit; readonly reviews: readonly Review[] }): VNode {
  const { say, day } = visit;
  const decides = visit.may('decideAgreementReview');
  return (
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
        day(review.askedAt.toISOString()),
        review.reason,
        review.decision === null && decides ? (
          <form class="decision" method="post" action={`/agreements/reviews/${review.id}`}>
            {DECISIONS.map((decision) => (
              <button
                key={decision}
                type="submit"
                name="decision"
                value={decision}
                aria-label={`${review.agreement}: ${say(`agreements.decided.${decision}`)}`}
              >
                {say(`agreements.decided.${decision}`)}
              </button>
            ))}
          </form>
        ) : (
          decisionText(visit, review.decision)
        ),
      ])}
    />
  );
}

function decisionText({ say }: Visit, decision: string | null): string {
  const known = DECISIONS.find((one) => one === decision);
  return known === undefined ? say('agreements.open') : say(`agreements.decided.${known}`);
}
