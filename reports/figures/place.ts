import type { Contracts } from '../../src/contracts/contracts.ts';
import { Misuse } from '../../src/errors.ts';

/** Whom a report is about: one county, or the whole state. */
export interface Place {
  readonly county: string | undefined;
  readonly name: string;
}

export function placeNamed(contracts: Contracts, county: string | undefined): Place {
  if (county === undefined) return { county, name: 'California' };
  const found = contracts.codeLists.get('ca_counties')?.codes.find(({ code }) => code === county);
  if (found === undefined || !/^06\d{3}$/.test(county))
    throw new Misuse('NO_SUCH_COUNTY', 'A county has a federal code of five digits, such as 06037', {
      remedy: '`npx tessera contracts show ca_counties` lists them; leave it out for the whole state.',
    });
  return { county, name: found.label };
}
