import type { VNode } from 'preact';
import { listNamed } from '../../../src/contracts/lookup.ts';
import type { RegisterKind } from '../../../src/contracts/register.ts';
import type { RegisterEntry } from '../../../src/register/entries.ts';
import { fieldValues } from '../../../src/register/field-values.ts';
import { requiredParties } from '../../../src/register/required-parties.ts';
import { type Answer, html } from '../../answer.ts';
import { permissionOf } from '../../layout/count-text.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { renderPage } from '../../layout/page.tsx';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';
import { InEnglish } from '../definitions/trail.tsx';
import { mayAdd, titleOf } from './kind-head.tsx';

/** What a county keeps of its program, kind by kind, as it stood on a day; and what concerns all counties. */
export async function registerPage(visit: Visit, ports: Ports): Promise<Answer> {
  const { say, viewer } = visit;
  const { contracts } = ports;
  const permission = permissionOf(visit);
  const counties = listNamed(contracts, 'ca_counties').codes;
  const asked = viewer.county ?? visit.query.get('county') ?? '';
  const county = counties.find(({ code }) => code === asked);
  const day = dayIn(visit.query.get('on')) ?? today();
  const entries = await ports.register(permission, { county: county?.code, on: day });
  const kinds = [...contracts.register.values()].filter(
    ({ scope }) => scope === 'state' || (scope === 'county' && county !== undefined),
  );
  return html(
    renderPage({
      visit,
      title: say('nav.register'),
      children: (
        <>
          <h1>{say('nav.register')}</h1>
          <p class="lead">{say('register.lead')}</p>
          <InEnglish visit={visit} />
          <form class="asked" method="get" action="/register">
            {viewer.county === undefined && (
              <div>
                <label for="county">{say('county')}</label>
                <select id="county" name="county">
                  <option value="">{say('register.state')}</option>
                  {counties.map(({ code, label }) => (
                    <option key={code} value={code} selected={code === county?.code}>
                      {label}
                    </option>
                  ))}
                </select>
              </div>
            )}
            <div>
              <label for="on">{say('register.on')}</label>
              <input id="on" name="on" type="date" value={day} />
            </div>
            <button type="submit">{say('tables.show')}</button>
          </form>
          {county !== undefined && <Parties visit={visit} ports={ports} entries={entries} day={day} />}
          {kinds.map((kind) => (
            <Kind
              key={kind.name}
              visit={visit}
              ports={ports}
              kind={kind}
              entries={entries.filter((entry) => entry.kind === kind.name)}
              county={kind.scope === 'state' ? undefined : county?.code}
            />
          ))}
        </>
      ),
    }),
  );
}

interface KindProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly kind: RegisterKind;
  readonly entries: readonly RegisterEntry[];
  readonly county: string | undefined;
}

function Kind({ visit, ports, kind, entries, county }: KindProps): VNode {
  const { say, day } = visit;
  const mayRead = visit.may('registerHistory');
  const said = (entry: RegisterEntry): ReadonlyMap<string, string> =>
    new Map(
      fieldValues(ports.contracts, kind.name, entry.content).map(({ name, labels }) => [
        name,
        labels.join(', '),
      ]),
    );
  return (
    <section aria-labelledby={kind.name}>
      <h2 id={kind.name} lang="en">
        {titleOf(kind)}
      </h2>
      <p lang="en">{kind.words}</p>
      {entries.length === 0 ? (
        <p class="remark">{say('register.none')}</p>
      ) : (
        <DataTable
          caption={say('register.holds', { n: entries.length })}
          columns={[
            { head: say('register.from') },
            ...kind.fields.map(({ words }) => ({ head: <span lang="en">{words}</span> })),
          ]}
          rows={entries.map((entry) => {
            const values = said(entry);
            const from = day(entry.effectiveFrom);
            return [
              mayRead ? <a href={`/register/${entry.id}`}>{from}</a> : from,
              ...kind.fields.map(({ name }) => <span lang="en">{values.get(name) ?? '–'}</span>),
            ];
          })}
        />
      )}
      {mayAdd(visit, kind) && (
        <p>
          <a href={`/register/new/${kind.name}${county === undefined ? '' : `?county=${county}`}`}>
            {say('register.add')}
            <span class="unseen" lang="en">
              : {titleOf(kind)}
            </span>
          </a>
        </p>
      )}
    </section>
  );
}

interface PartiesProps {
  readonly visit: Visit;
  readonly ports: Ports;
  readonly entries: readonly RegisterEntry[];
  readonly day: string;
}

/** Beside what the county wrote: what the statute asks of its protocol. */
function Parties({ visit, ports, entries, day }: PartiesProps): VNode | null {
  const { say } = visit;
  const { contracts } = ports;
  const asked = requiredParties(contracts.parties, entries, day);
  if (asked === undefined) return null;
  const { rule, missing } = asked;
  const labels = new Map(listNamed(contracts, 'party').codes.map(({ code, label }) => [code, label]));
  const named = (codes: readonly string[]): string =>
    codes.map((code) => labels.get(code) ?? code).join(', ');
  return (
    <div class="notice">
      <p>
        {say('register.parties', { n: rule.parties.length })}{' '}
        <span lang="en">
          {rule.authority.citation}: {named(rule.parties)}.
        </span>
      </p>
      <p>
        {missing.length === 0 ? say('register.parties.all') : say('register.parties.missing')}{' '}
        {missing.length > 0 && <strong lang="en">{named(missing)}</strong>}
      </p>
    </div>
  );
}

function dayIn(text: string | null): string | undefined {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
