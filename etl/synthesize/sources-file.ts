import { stringify } from 'yaml';
import type { Contracts } from '../../src/contracts/contracts.ts';
import { MADE_UP } from './made-up.ts';
import type { Place } from './places.ts';

/** What a steward would register before these deliveries can be loaded: the agencies, an agreement with each, and one for research. */
export function sourcesFile(
  contracts: Contracts,
  places: readonly Place[],
  recordTypes: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  const agencies = [...recordTypes.keys()].sort();
  const document = {
    agencies: agencies.flatMap((id) => {
      const mapping = contracts.mappings.get(id);
      const served = places.find(({ fips }) => mapping?.counties.includes(fips)) ?? places[0];
      if (mapping === undefined || served === undefined) return [];
      return [
        {
          id,
          name: `${mapping.title} (${MADE_UP})`,
          system: mapping.system,
          county: served.fips,
          made_up: true,
        },
      ];
    }),
    agreements: [
      ...agencies.map((id) => ({
        id: agreementOf(id),
        agencies: [id],
        record_types: [...(recordTypes.get(id) ?? [])].sort(),
        purposes: ['identification', 'treatment', 'prevention', 'program_evaluation', 'state_report'],
        withheld_fields: [],
        minor_consent_services: true,
        content_up_front: true,
        effective_from: '2020-01-01',
      })),
      // Under which somebody may ask for a dataset; nothing is delivered for it.
      {
        id: agreementOf('research'),
        agencies,
        record_types: [],
        purposes: ['research'],
        withheld_fields: [],
        minor_consent_services: false,
        content_up_front: false,
        effective_from: '2020-01-01',
      },
    ],
  };
  return `# ${MADE_UP}\n${stringify(document, { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' })}`;
}

export function agreementOf(agency: string): string {
  return `made-up-data-${agency}`;
}
