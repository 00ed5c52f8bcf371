import type { VNode } from 'preact';
import type { Contracts } from '../../../src/contracts/contracts.ts';
import { AGE_GROUPS, type CoverageRow, coverageOf } from '../../../src/providers/gaps/coverage.ts';
import type { Program } from '../../../src/providers/program.ts';
import { DataTable } from '../../layout/data-table.tsx';
import type { Visit } from '../../visit.ts';
import { choicesOf, English, valueLabel } from './words.tsx';

interface HolesProps {
  readonly visit: Visit;
  readonly contracts: Contracts;
  readonly programs: readonly Program[];
  readonly county: string | undefined;
}

/** For whom no program is there, by age, gender, system and language. */
export function CoverageHoles({ visit, contracts, programs, county }: HolesProps): VNode {
  const { say, number } = visit;
  const languages = [...choicesOf(contracts, 'languages')].map(([code]) => code);
  const coverage = coverageOf(programs, languages, county);
  const label = (field: string, row: CoverageRow): string => valueLabel(contracts, field, row.group);
  const holes = [
    ...coverage.genders.flatMap((row) => holesIn(visit, label('genders', row), row)),
    ...coverage.systems.flatMap((row) => holesIn(visit, label('systems', row), row)),
  ];
  const table = (field: 'genders' | 'systems', caption: string): VNode => (
    <DataTable
      caption={caption}
      columns={[
        { head: say('map.coverage.group') },
        ...AGE_GROUPS.map(({ label: age }) => ({ head: say('map.coverage.age', { age }), numeric: true })),
        { head: say('map.coverage.services'), numeric: true },
      ]}
      rows={coverage[field].map((row) => [
        <English text={label(field, row)} />,
        ...row.placements.map((value) => number(value, 0)),
        number(row.services, 0),
      ])}
    />
  );
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{say('map.coverage')}</h2>
      {holes.length > 0 && (
        <ul>
          {holes.map((hole) => (
            <li key={hole}>{hole}</li>
          ))}
        </ul>
      )}
      {table('genders', say('map.coverage.genders'))}
      {table('systems', say('map.coverage.systems'))}
      <DataTable
        caption={say('map.coverage.languages')}
        columns={[
          { head: say('map.language') },
          { head: say('map.coverage.placements'), numeric: true },
          { head: say('map.coverage.services'), numeric: true },
        ]}
        rows={coverage.languages.map((row) => [
          <English text={label('languages', row)} />,
          number(Math.max(...row.placements), 0),
          number(row.services, 0),
        ])}
      />
    </section>
  );
}

function holesIn({ say }: Visit, group: string, { placements, services }: CoverageRow): string[] {
  const ages = AGE_GROUPS.filter((_, at) => placements[at] === 0).map(({ label }) => label);
  return [
    ...(ages.length === 0 ? [] : [say('map.hole.placement', { group, ages: ages.join(', ') })]),
    ...(services === 0 ? [say('map.hole.service', { group })] : []),
  ];
}
