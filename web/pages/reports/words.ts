/** How the pages of the reports name what they speak of. */
import type { ReportEdition } from '../../../src/reports/edition.ts';
import type { Ports } from '../../ports.ts';
import type { Visit } from '../../visit.ts';

export function placeName({ contracts }: Ports, { say }: Visit, county: string): string {
  if (county === 'state') return say('reports.state_place');
  return contracts.codeLists.get('ca_counties')?.codes.find(({ code }) => code === county)?.label ?? county;
}

export function titleOf(visit: Visit, ports: Ports, edition: ReportEdition): string {
  const { report, county, year, number } = edition;
  const place = placeName(ports, visit, county);
  return visit.say('report.title', { report: visit.say(`report.${report}`), place, year, n: number });
}
