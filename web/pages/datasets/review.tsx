import { randomUUID } from 'node:crypto';
import type { VNode } from 'preact';
import type { RequestStanding } from '../../../src/datasets/requests-seen.ts';
import type { MessageKey } from '../../messages/messages.ts';
import type { Visit } from '../../visit.ts';

interface ReviewProps {
  readonly visit: Visit;
  readonly standing: RequestStanding;
}

/** What its author and its reviewers may do with a request as it stands. */
export function Review(props: ReviewProps): VNode {
  const { visit, standing } = props;
  const { say } = visit;
  const { id, state, author } = standing.request;
  const own = author === visit.viewer.person;
  const reviewed = state === 'submitted' || state === 'in_review';
  const making = standing.making !== null && standing.making.outcome === null;
  const over = state === 'rejected' || state === 'withdrawn' || state === 'destroyed';
  return (
    <section aria-labelledby="review">
      <h2 id="review">{say('request.review')}</h2>
      {own && reviewed && <p>{say('request.own')}</p>}
      {own && (state === 'draft' || state === 'returned') && (
        <p>
          <a href={`/requests/${id}/change`}>{say('request.change')}</a>
        </p>
      )}
      {reviewed && !own && visit.may('decideRequest') && <Decide {...props} />}
      {state === 'approved' && !own && !making && visit.may('releaseDataset') && <Release {...props} />}
      {!over && visit.may('commentOnRequest') && (
        <form class="writing" method="post" action={`/requests/${id}/comment`}>
          <input type="hidden" name="key" value={randomUUID()} />
          <Words id="comment" label={say('request.comment')} />
          <button type="submit">{say('request.comment.send')}</button>
        </form>
      )}
      {own && !over && !['released', 'expired'].includes(state) && (
        <form class="writing" method="post" action={`/requests/${id}/withdraw`}>
          <button type="submit">{say('request.withdraw')}</button>
        </form>
      )}
    </section>
  );
}

function Decide({ visit, standing: { request, steps } }: ReviewProps): VNode {
  const { say } = visit;
  const action = `/requests/${request.id}/decide`;
  const approved = steps
    .slice(steps.findLastIndex(({ step }) => step === 'submitted'))
    .some(({ step, person }) => step === 'approved' && person === visit.viewer.person);
  const button = (decision: string, label: MessageKey): VNode => (
    <form class="writing" method="post" action={action}>
      <input type="hidden" name="decision" value={decision} />
      <button type="submit">{say(label)}</button>
    </form>
  );
  const words = (decision: 'return' | 'reject'): VNode => (
    <form class="writing" method="post" action={action}>
      <input type="hidden" name="decision" value={decision} />
      <Words id={decision} label={say(`request.${decision}`)} />
      <button type="submit">{say(`request.${decision}.send`)}</button>
    </form>
  );
  return (
    <>
      {request.state === 'submitted' && button('begin', 'request.begin')}
      {!approved && button('approve', 'request.approve')}
      {words('return')}
      {visit.viewer.role !== 'survivor-advisor' && words('reject')}
    </>
  );
}

/** By whoever may, and of any release that stands: a later release gives a later bundle. */
export function Release({ visit, standing }: ReviewProps): VNode {
  const { say } = visit;
  return (
    <form class="writing" method="post" action={`/requests/${standing.request.id}/release`}>
      <input type="hidden" name="key" value={randomUUID()} />
      <div>
        <label for="release">{say('request.release.number')}</label>
        <input id="release" name="release" inputMode="numeric" pattern="[0-9]{0,9}" />
      </div>
      <button type="submit">{say('request.release')}</button>
    </form>
  );
}

export function Words({ id, label }: { readonly id: string; readonly label: string }): VNode {
  return (
    <div>
      <label for={id}>{label}</label>
      <textarea id={id} name="words" rows={2} maxLength={4000} required />
    </div>
  );
}
