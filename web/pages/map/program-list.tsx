import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import type { Program } from '../../../src/providers/program.ts';
import type { Match } from '../../../src/providers/search.ts';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';
import { English, valueLabel } from './words.tsx';

interface ListProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly caption: string;
  readonly matches: readonly Match[];
}

/** Who takes whom, whether a place is free, and whom to call. */
export function ProgramList({ visit, contracts, caption, matches }: ListProps): VNode {
  const { say, number } = visit;
  return (
    <DataTable
      caption={caption}
      columns={[
        { head: say('map.program') },
        { head: say('map.kind') },
        { head: say('map.takes') },
        { head: say('map.free'), numeric: true },
        { head: say('map.miles'), numeric: true },
        { head: say('map.call') },
      ]}
      rows={matches.map(({ program, free, miles, serves, stale }) => [
        <>
          <a href={`/map/programs/${program.id}`}>{program.name}</a>
          {program.place.kind === 'confidential' && <span class="tag">{say('map.confidential_place')}</span>}
          {!serves && <span class="tag">{say('map.elsewhere')}</span>}
          {stale && <span class="tag tag-strong">{say('map.stale')}</span>}
          <br />
          {program.provider}
        </>,
        <English
          text={valueLabel(
            contracts,
            program.placementType === undefined ? 'kind' : 'placement_type',
            program.placementType ?? program.kind,
          )}
        />,
        takenIn(visit, contracts, program),
        free === undefined ? say('map.unknown') : number(free, 0),
        miles === undefined ? '–' : number(miles, 0),
        <Call program={program} />,
      ])}
    />
  );
}

function takenIn({ say }: Visit, contracts: Contracts, { eligibility }: Program): VNode {
  const { minAge, maxAge, genders } = eligibility;
  return (
    <>
      {minAge === undefined && maxAge === undefined
        ? say('map.ages.any')
        : say('map.ages', { from: minAge ?? 0, to: maxAge ?? '…' })}
      {genders.length > 0 && (
        <>
          , <English text={genders.map((gender) => valueLabel(contracts, 'genders', gender)).join(', ')} />
        </>
      )}
    </>
  );
}

export function Call({ program }: { readonly program: Program }): VNode {
  const { phone, email } = program.contact;
  if (phone !== undefined)
    return <a href={`tel:${phone.replaceAll(/[^\d+x]/g, '').replace('x', ',')}`}>{phone}</a>;
  return <a href={`mailto:${email}`}>{email}</a>;
}
