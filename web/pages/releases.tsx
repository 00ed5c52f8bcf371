import type { VNode } from 'preact';
import type { GroupSuppression } from '../../src/disclosure/release/release-figures.ts';
import type { ReleaseEntity } from '../../src/disclosure/release.entity.ts';
import { type Answer, html } from '../answer.ts';
import { DataTable } from '../layout/data-table.tsx';
import { renderPage } from '../layout/page.tsx';
import type { Ports, ReleaseStanding } from '../ports.ts';
import type { Visit } from '../visit.ts';

/** Every release, newest first; a withdrawn one keeps its number and the reason. */
export async function releasesPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const releases = (await ports.releases()).toReversed();
  return html(
    renderPage({
      visit,
      title: say('nav.releases'),
      children: (
        <>
          <h1>{say('nav.releases')}</h1>
          <p class="lead">{say('releases.lead')}</p>
          {releases.length === 0 ? (
            <p class="notice">{say('release.none')}</p>
          ) : (
            <DataTable
              caption={say('releases.all')}
              columns={['number', 'state', 'period', 'closed', 'published', 'corrects'].map((head) => ({
                head: say(`release.${head as 'number'}`),
              }))}
              rows={releases.map((release) => [
                <a href={`/releases/${release.number}`}>{release.number}</a>,
                stateOf(visit, release),
                release.period ?? '–',
                visit.day(release.closedOn),
                visit.day(release.publishedAt.toISOString()),
                release.corrects ?? '–',
              ])}
            />
          )}
        </>
      ),
    }),
  );
}

function stateOf({ say }: Visit, { state }: ReleaseEntity): string {
  return say(`state.${state}`);
}

/** One release: what it is made of, who signed it, and how much of each group it hides. */
export async function releasePage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const standing = await ports.release(Number(visit.params['number']));
  const { release, suppression } = standing;
  const title = say('release.title', { number: release.number });
  return html(
    renderPage({
      visit,
      title,
      children: (
        <>
          <h1>{title}</h1>
          {release.state === 'withdrawn' && (
            <p class="notice">
              <strong>{say('state.withdrawn')}</strong>: {release.withdrawnBecause}
            </p>
          )}
          <Certificate visit={visit} standing={standing} />
          {(['county', 'race_ethnicity'] as const).map((dimension) => (
            <Suppression
              key={dimension}
              visit={visit}
              ports={ports}
              dimension={dimension}
              groups={suppression.filter((group) => group.dimension === dimension)}
            />
          ))}
        </>
      ),
    }),
  );
}

function Certificate({
  visit,
  standing,
}: {
  readonly visit: Visit;
  readonly standing: ReleaseStanding;
}): VNode {
  const { say, number, day } = visit;
  const { release, audiences } = standing;
  const open = audiences.find(({ audience }) => audience === 'public');
  const facts: readonly (readonly [string, string | number | undefined | null])[] = [
    [say('release.state'), stateOf(visit, release)],
    [say('release.period'), release.period],
    [say('release.closed'), day(release.closedOn)],
    [say('release.known'), release.knownOn === null ? null : day(release.knownOn)],
    [say('release.policy'), release.policy],
    [say('release.figures'), open && number(open.figures, 0)],
    [say('release.hidden'), open && shareOf(visit, open.hidden, open.figures)],
    [say('release.twins'), audiences.length === 0 ? 0 : audiences.length - 1],
  ];
  const signed: readonly (readonly [string, string | undefined | null])[] = [
    ['SHA-256', open?.sha256],
    [say('release.signature'), open?.signature],
    [say('release.key'), release.keyId],
    [say('release.certificate'), release.certificateCommitment],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([head, value]) => (
          <Fact key={head} head={head} value={value} />
        ))}
      </dl>
      <section aria-labelledby="certificate">
        <h2 id="certificate">{say('release.proof')}</h2>
        <p>{say('release.proof.more')}</p>
        <dl class="facts">
          {signed.map(([head, value]) => (
            <Fact key={head} head={head} value={value} code />
          ))}
        </dl>
        <p>{say('release.verify')}</p>
        <pre tabIndex={0} aria-label={say('release.verify')}>
          <code>{`npx tessera release verify ${release.number} --again`}</code>
        </pre>
      </section>
    </>
  );
}

interface FactProps {
  readonly head: string;
  readonly value: string | number | null | undefined;
  readonly code?: boolean;
}

function Fact({ head, value, code }: FactProps): VNode {
  const text = value ?? '–';
  return (
    <>
      <dt>{head}</dt>
      <dd>{code ? <code class="long">{String(text)}</code> : text}</dd>
    </>
  );
}

function shareOf({ number }: Visit, hidden: number, of: number): string {
  return of === 0 ? '–' : `${number(hidden, 0)} (${number((100 * hidden) / of, 0)} %)`;
}

interface SuppressionProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly dimension: 'county' | 'race_ethnicity';
  readonly groups: readonly GroupSuppression[];
}

function Suppression({ visit, ports, dimension, groups }: SuppressionProps): VNode | null {
  const { say, number } = visit;
  if (groups.length === 0) return null;
  const list = { county: 'ca_counties', race_ethnicity: 'race_ethnicity' }[dimension];
  const label = (member: string): string =>
    ports.contracts.codeLists.get(list)?.codes.find(({ code }) => code === member)?.label ?? member;
  const title = say(`suppression.${dimension}`);
  return (
    <div>
      <h2>{title}</h2>
      <DataTable
        caption={title}
        columns={[
          { head: say(`suppression.head.${dimension}`) },
          { head: say('release.figures'), numeric: true },
          { head: say('release.hidden'), numeric: true },
          { head: say('release.pooled'), numeric: true },
        ]}
        rows={groups.map((group) => [
          label(group.member),
          number(group.figures, 0),
          shareOf(visit, group.hidden, group.figures),
          number(group.pooled, 0),
        ])}
      />
    </div>
  );
}
