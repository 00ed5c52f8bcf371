import type { VNode } from 'preact';
import type { RequestStanding } from '../../../src/datasets/requests-seen.ts';
import { DataTable } from '../../layout/data-table.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import type { Done } from './done.ts';
import { Release, Words } from './review.tsx';
import { titleOf } from './words.ts';

interface GivenProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly standing: RequestStanding;
  readonly link: Done['link'];
}

/** What was given under a request, how to fetch and cite it, and how it ends. */
export function Given({ visit, ports, standing, link }: GivenProps): VNode | null {
  const { say, number, day } = visit;
  const { request, bundles, links } = standing;
  const [newest] = bundles;
  if (newest === undefined) return null;
  const own = request.author === visit.viewer.person;
  const { link_days: days, link_downloads: most } = ports.contracts.datasets.terms;
  return (
    <section aria-labelledby="bundles">
      <h2 id="bundles">{say('request.bundles')}</h2>
      {link !== undefined && (
        <div class="notice" role="alert">
          <p>
            <strong>{say('request.link.made')}</strong>
          </p>
          <p>
            <a href={new URL(link.address).pathname}>
              <code class="long">{link.address}</code>
            </a>
          </p>
          <p>{say('request.link.once', { day: day(link.expiresAt.toISOString()), n: link.most })}</p>
        </div>
      )}
      <DataTable
        caption={say('request.bundles.of')}
        columns={[
          { head: say('request.bundle') },
          { head: say('datasets.release'), numeric: true },
          { head: say('request.cells'), numeric: true },
          { head: say('datasets.made') },
          { head: 'SHA-256' },
        ]}
        rows={bundles.map((bundle) => [
          bundle.number,
          <a href={`/releases/${bundle.release}`}>{bundle.release}</a>,
          number(bundle.cells, 0),
          day(bundle.madeAt.toISOString()),
          <code class="long">{bundle.sha256}</code>,
        ])}
      />
      <h3>{say('request.cite')}</h3>
      <p class="own-words">
        {say('request.citation', {
          year: newest.madeAt.getUTCFullYear(),
          title: titleOf(visit, request),
          n: newest.number,
          release: newest.release,
          address: `${ports.datasets.hubAddress}/datasets#${newest.id}`,
        })}{' '}
        <a href={`/datasets#${newest.id}`}>{say('nav.datasets')}</a>
      </p>
      {request.state === 'released' && visit.may('linkDataset') && (
        <form class="writing" method="post" action={`/requests/${request.id}/link`}>
          <p>{say('request.link.more', { days, n: most })}</p>
          <button type="submit">{say('request.link')}</button>
        </form>
      )}
      {links.length > 0 && (
        <DataTable
          caption={say('request.links.of')}
          columns={[
            { head: say('datasets.made') },
            { head: say('request.link.expires') },
            { head: say('request.link.taken'), numeric: true },
            { head: say('request.link.ended') },
          ]}
          rows={links.map(({ madeAt, expiresAt, taken, most: allowed, revokedAt }) => [
            day(madeAt.toISOString()),
            day(expiresAt.toISOString()),
            `${taken} / ${allowed}`,
            revokedAt === null ? '–' : day(revokedAt.toISOString()),
          ])}
        />
      )}
      {request.state === 'released' && !own && visit.may('releaseDataset') && (
        <Release visit={visit} standing={standing} />
      )}
      {links.some(({ revokedAt }) => revokedAt === null) && visit.may('revokeDatasetLinks') && (
        <form class="writing" method="post" action={`/requests/${request.id}/revoke`}>
          <button type="submit">{say('request.revoke')}</button>
        </form>
      )}
      {(request.state === 'released' || request.state === 'expired') && visit.may('destroyDataset') && (
        <form class="writing" method="post" action={`/requests/${request.id}/destroy`}>
          <Words id="destroy" label={say('request.destroy')} />
          <button type="submit">{say('request.destroy.send')}</button>
        </form>
      )}
    </section>
  );
}
