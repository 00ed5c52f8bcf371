import type { VNode } from 'preact';
import { REPORT_KINDS, type ReportEdition } from '../../../src/reports/edition.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { RefusedNote } from './refused.tsx';
import { placeName } from './words.ts';

/** Reports that are published, for everybody; and those under way, for whoever works on them. */
export async function reportsPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say } = visit;
  const editions = await ports.reports.seen(permissionOf(visit));
  const listed = editions.toSorted(byYearAndPlace);
  const published = listed.filter(({ state }) => state === 'published');
  const underWay = listed.filter(({ state }) => state !== 'published');
  return html(
    renderPage({
      visit,
      title: say('nav.reports'),
      children: (
        <>
          <h1>{say('nav.reports')}</h1>
          <p class="lead">{say('reports.lead')}</p>
          <RefusedNote visit={visit} />
          {underWay.length > 0 && (
            <Editions visit={visit} ports={ports} caption={say('reports.under_way')} editions={underWay} />
          )}
          {published.length === 0 ? (
            <p class="notice">{say('reports.none')}</p>
          ) : (
            <Editions visit={visit} ports={ports} caption={say('reports.published')} editions={published} />
          )}
          {editions.length === 200 && <p>{say('reports.newest')}</p>}
          {visit.may('openReport') && <OpenForm visit={visit} ports={ports} />}
        </>
      ),
    }),
  );
}

/** The newest year first; in it the State, and then the counties as everywhere. */
function byYearAndPlace(a: ReportEdition, b: ReportEdition): number {
  const place = ({ county }: ReportEdition): string => (county === 'state' ? '' : county);
  return b.year.localeCompare(a.year) || place(a).localeCompare(place(b));
}

interface EditionsProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly caption: string;
  readonly editions: readonly ReportEdition[];
}

function Editions({ visit, ports, caption, editions }: EditionsProps): VNode {
  const { say } = visit;
  return (
    <DataTable
      caption={caption}
      columns={[
        { head: say('reports.report') },
        { head: say('reports.place') },
        { head: say('reports.year') },
        { head: say('reports.edition'), numeric: true },
        { head: say('reports.release'), numeric: true },
        { head: say('reports.state') },
      ]}
      rows={editions.map((edition) => [
        <a href={`/reports/${edition.id}`}>{say(`report.${edition.report}`)}</a>,
        placeName(ports, visit, edition.county),
        edition.year,
        edition.number,
        edition.release,
        say(`report.${edition.state}`),
      ])}
    />
  );
}

/** A county's own people open their county's; whoever reaches all counties chooses. */
function OpenForm({ visit, ports }: { readonly visit: Visit; readonly ports: Ports }): VNode {
  const { say, viewer } = visit;
  const counties = (ports.contracts.codeLists.get('ca_counties')?.codes ?? []).filter(({ code }) =>
    /^06\d{3}$/.test(code),
  );
  const places =
    viewer.county === undefined ? ['state', ...counties.map(({ code }) => code)] : [viewer.county];
  return (
    <section aria-labelledby="open">
      <h2 id="open">{say('report.open')}</h2>
      <form class="writing" method="post" action="/reports">
        <div>
          <label for="report">{say('reports.report')}</label>
          <select id="report" name="report">
            {REPORT_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {say(`report.${kind}`)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="county">{say('reports.place')}</label>
          <select id="county" name="county">
            {places.map((code) => (
              <option key={code} value={code}>
                {placeName(ports, visit, code)}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="year">{say('report.open.year')}</label>
          <input id="year" name="year" pattern="20[0-9]{2}(-Q[1-4])?" maxLength={7} required />
        </div>
        <div>
          <label for="release">{say('report.open.release')}</label>
          <input id="release" name="release" inputMode="numeric" pattern="[0-9]{0,9}" />
        </div>
        <div>
          <label for="because">{say('report.open.because')}</label>
          <textarea id="because" name="because" rows={2} maxLength={2000} />
        </div>
        <button type="submit">{say('report.open')}</button>
      </form>
    </section>
  );
}
