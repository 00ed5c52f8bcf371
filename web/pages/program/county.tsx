import type { VNode } from 'preact';
import type { RegisterEntry } from '../../../src/register/entries.ts';
import { fieldValues } from '../../../src/register/field-values.ts';
import { DataTable } from '../../layout/data-table.tsx';
import { titleOf } from '../register/kind-head.tsx';
import { codesOf, type PartProps } from './part.ts';

interface CountyProps extends PartProps {
  /** A FIPS code that was asked for. */
  readonly county: string | undefined;
  readonly entries: readonly RegisterEntry[];
}

/** What a county's register holds for everybody to read. */
export function CountyKnown({ visit, contracts, county, entries }: CountyProps): VNode {
  const { say } = visit;
  const kinds = [...contracts.register.values()].filter((kind) => kind.public);
  return (
    <>
      <p>{say('county.known.lead')}</p>
      <form class="asked" method="get" action="/program#county">
        <div>
          <label for="of">{say('county')}</label>
          <select id="of" name="county">
            <option value="">{say('county.known.choose')}</option>
            {codesOf(contracts, 'ca_counties').map(({ code, label }) => (
              <option key={code} value={code} selected={code === county}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <button type="submit">{say('tables.show')}</button>
      </form>
      {county !== undefined && entries.length === 0 && <p class="notice">{say('county.known.none')}</p>}
      {kinds
        .map((kind) => ({ kind, own: entries.filter((entry) => entry.kind === kind.name) }))
        .filter(({ own }) => own.length > 0)
        .map(({ kind, own }) => (
          <section key={kind.name}>
            <h3 lang="en">{titleOf(kind)}</h3>
            <DataTable
              caption={kind.words}
              columns={kind.fields.map(({ words }) => ({ head: <span lang="en">{words}</span> }))}
              rows={own.map(({ content }) => {
                const said = new Map(
                  fieldValues(contracts, kind.name, content).map(({ name, labels }) => [name, labels]),
                );
                return kind.fields.map(({ name }) => (
                  <span lang="en">{said.get(name)?.join(', ') ?? '–'}</span>
                ));
              })}
            />
          </section>
        ))}
    </>
  );
}
