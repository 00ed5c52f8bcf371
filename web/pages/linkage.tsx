import type { VNode } from 'preact';
import { type Answer, html, seeOther } from '../answer.ts';
import { permissionOf } from '../layout/count-text.ts';
import { DataTable } from '../layout/data-table.tsx';
import { Facts } from '../layout/facts.tsx';
import { renderPage } from '../layout/page.tsx';
import type { LinkageQuality, ReviewedPair, Share } from '../linkage-view.ts';
import type { Ports } from '../ports.ts';
import type { Visit } from '../visit.ts';
import { notFoundPage } from './not-found.tsx';

/** How good the linkage is, and the pairs that stewards look at. */
export async function linkagePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, number } = visit;
  const quality = await ports.linkage(permissionOf(visit));
  const reviewing = visit.permit('reviewQueue');
  const pairs = reviewing === undefined ? [] : await ports.review(reviewing);
  const waiting = pairs.filter(({ state }) => state !== 'settled');
  return html(
    renderPage({
      visit,
      title: say('nav.linkage'),
      children: (
        <>
          <h1>{say('nav.linkage')}</h1>
          <p class="lead">{say('linkage.lead')}</p>
          {quality === undefined ? (
            <p class="notice">{say('linkage.none')}</p>
          ) : (
            <Quality visit={visit} quality={quality} />
          )}
          <section aria-labelledby="queue">
            <h2 id="queue">{say('linkage.queue')}</h2>
            {waiting.length === 0 ? (
              <p>{say('linkage.queue.none')}</p>
            ) : (
              <DataTable
                caption={say('linkage.queue.more')}
                columns={[
                  { head: say('linkage.pair') },
                  { head: say('agreements.agencies') },
                  { head: say('linkage.weight'), numeric: true },
                  { head: say('linkage.state') },
                ]}
                rows={waiting
                  .slice(0, 100)
                  .map((pair) => [
                    <a href={`/linkage/${pair.pair}`}>{pair.pair}</a>,
                    pair.agencies.join(', '),
                    pair.weight === null ? '–' : number(pair.weight),
                    stateIn(visit, pair.state),
                  ])}
              />
            )}
          </section>
        </>
      ),
    }),
  );
}

const STATES = ['open', 'begun', 'disputed', 'settled', 'contradicted'] as const;

function stateIn({ say }: Visit, state: string): string {
  const known = STATES.find((one) => one === state);
  return known === undefined ? state : say(`pair.${known}`);
}

function Quality({ visit, quality }: { readonly visit: Visit; readonly quality: LinkageQuality }): VNode {
  const { say, number } = visit;
  const percent = ({ value, lower, upper }: Share): string =>
    `${number(value * 100)} % (${number(lower * 100)} – ${number(upper * 100)})`;
  const { reviewed } = quality;
  const facts: readonly (readonly [string, string])[] = [
    [say('linkage.records'), number(quality.records, 0)],
    [say('linkage.persons'), number(quality.persons, 0)],
    [say('linkage.threshold'), number(quality.threshold, 3)],
    [say('linkage.precision'), percent(quality.precision)],
    [say('linkage.recall'), percent(quality.recall)],
    [say('linkage.reviewed', { n: reviewed.pairs }), reviewed.pairs === 0 ? '–' : percent(reviewed)],
    [say('linkage.drift'), quality.drift.length === 0 ? say('linkage.no_drift') : quality.drift.join('; ')],
  ];
  return (
    <section aria-labelledby="quality">
      <h2 id="quality">{say('linkage.quality', { n: quality.linkage })}</h2>
      <Facts facts={facts} />
      {quality.doubts.length > 0 && (
        <ul class="notice">
          {quality.doubts.map((doubt) => (
            <li key={doubt}>{doubt}</li>
          ))}
        </ul>
      )}
      <div class="beside">
        <DataTable
          caption={say('linkage.by_threshold')}
          columns={[
            { head: say('linkage.threshold') },
            { head: say('linkage.links'), numeric: true },
            { head: say('linkage.unlinkable'), numeric: true },
          ]}
          rows={quality.thresholds.map((one) => [
            number(one.threshold, 3),
            number(one.links, 0),
            `${number(one.unlinkable * 100)} %`,
          ])}
        />
        <DataTable
          caption={say('linkage.sizes')}
          columns={[{ head: say('linkage.records') }, { head: say('linkage.persons'), numeric: true }]}
          rows={quality.sizes.map((one) => [number(one.records, 0), number(one.persons, 0)])}
        />
      </div>
    </section>
  );
}

/** One pair as a waterfall of weights, and what was said of it. */
export async function pairPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const found = await pairNamed(visit, ports);
  if (found === undefined) return notFoundPage(visit);
  const title = say('linkage.one', { pair: found.pair });
  return html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <h1>{title}</h1>
          <p class="lead">
            {found.agencies.join(' · ')}: {stateIn(visit, found.state)}
          </p>
          <p class="remark">{say('linkage.records_at', { pair: found.pair })}</p>
          <Waterfall visit={visit} pair={found} />
          <Opinions visit={visit} pair={found} />
          {visit.may('decideReviewPair') && (
            <form class="decision" method="post" action={`/linkage/${found.pair}`}>
              <p>{say('linkage.decide')}</p>
              <button type="submit" name="same" value="yes">
                {say('linkage.same')}
              </button>{' '}
              <button type="submit" name="same" value="no">
                {say('linkage.different')}
              </button>
            </form>
          )}
          <p>
            <a href="/linkage">{say('linkage.back')}</a>
          </p>
        </>
      ),
    }),
  );
}

async function pairNamed(visit: Visit, ports: Ports): Promise<ReviewedPair | undefined> {
  return (await ports.review(permissionOf(visit))).find(({ pair }) => pair === visit.params['pair']);
}

function Waterfall({ visit, pair }: { readonly visit: Visit; readonly pair: ReviewedPair }): VNode {
  const { say, number } = visit;
  const bits = (value: number): string => `${value > 0 ? '+' : ''}${number(value, 2)}`;
  const steps = [
    ...(pair.prior === null ? [] : [{ field: say('linkage.prior'), level: '–', weight: pair.prior }]),
    ...pair.steps.map((step) => ({ ...step, field: step.field.replaceAll('_', ' ') })),
  ];
  const sums = steps.map((_, at) => steps.slice(0, at + 1).reduce((sum, { weight }) => sum + weight, 0));
  const reach = Math.max(1, ...sums.map(Math.abs));
  return (
    <DataTable
      caption={say('linkage.waterfall')}
      columns={[
        { head: say('linkage.field') },
        { head: say('linkage.level') },
        { head: say('linkage.bits'), numeric: true },
        { head: say('linkage.sum'), numeric: true },
        { head: say('linkage.picture') },
      ]}
      rows={[
        ...steps.map((step, at) => [
          step.field,
          step.level,
          bits(step.weight),
          bits(sums[at] ?? 0),
          <Stretch from={(sums[at] ?? 0) - step.weight} to={sums[at] ?? 0} reach={reach} />,
        ]),
        ...(pair.weight === null
          ? []
          : [
              [
                say('linkage.together'),
                '–',
                bits(pair.weight),
                bits(pair.weight),
                chance(visit, pair.weight),
              ],
            ]),
      ]}
    />
  );
}

function chance({ say, number }: Visit, weight: number): string {
  return say('linkage.chance', { p: number(1 / (1 + 2 ** -weight), 3) });
}

/** One step of the waterfall; the numbers stand beside it. */
function Stretch({
  from,
  to,
  reach,
}: {
  readonly from: number;
  readonly to: number;
  readonly reach: number;
}): VNode {
  const at = (value: number): number => 80 + (value / reach) * 76;
  const [left, right] = [Math.min(at(from), at(to)), Math.max(at(from), at(to))];
  return (
    <svg class="stretch" width="160" height="14" viewBox="0 0 160 14" aria-hidden="true">
      <line x1="80" x2="80" y1="0" y2="14" stroke="#71767a" />
      <rect
        x={left.toFixed(1)}
        y="2"
        width={Math.max(1, right - left).toFixed(1)}
        height="10"
        fill={to >= from ? '#1a5fa8' : '#b3541e'}
      />
    </svg>
  );
}

function Opinions({ visit, pair }: { readonly visit: Visit; readonly pair: ReviewedPair }): VNode {
  const { say } = visit;
  if (pair.opinions.length === 0) return <p>{say('linkage.nobody')}</p>;
  return (
    <ul>
      {pair.opinions.map(({ by, as, same }) => (
        <li key={`${as} ${by}`}>
          {say(as === 'agency' ? 'linkage.agency_says' : 'linkage.steward_says', {
            by,
            what: say(same ? 'linkage.same' : 'linkage.different'),
          })}
        </li>
      ))}
    </ul>
  );
}

/** Each steward speaks under the name of their account, so that one cannot be two. */
export async function decidePair(visit: Visit, ports: Ports): Promise<Answer> {
  const { same } = visit.sent;
  const { name } = visit.viewer;
  const pair = visit.params['pair'] ?? '';
  if (name === undefined || (same !== 'yes' && same !== 'no')) return notFoundPage(visit);
  await ports.decide(permissionOf(visit), pair, { same: same === 'yes', by: name });
  return seeOther(`/linkage/${pair}`);
}
