import type { Texts } from '../../src/providers/as-texts.ts';

/** A row of the asset map with nothing wrong in it. */
export function row(changes: Texts = {}): Texts {
  const texts: Record<string, string> = {
    provider: 'Orovanta House (made up)',
    program: 'Trauma Therapy Clinic',
    kind: 'service',
    needs: 'HN.MEN.INT.PSI',
    confidential: 'false',
    counties: '06037',
    kept_by: '06037',
    street: '100 Dorvale Street',
    city: 'Made-up City',
    zip: '90100',
    latitude: '34.1',
    longitude: '-118.3',
    phone: '(424) 555-0101',
    email: 'intake@orovanta.example.org',
    min_age: '12',
    max_age: '17',
    capacity_month: '2026-06',
    capacity_unit: 'caseload',
    capacity: '20',
    occupied: '12',
    source: 'county',
    verified_on: '2026-06-01',
    ...changes,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}

/** The same program at a place that is nowhere. */
export const hidden: Texts = {
  confidential: 'true',
  counties: '06037;06059;06111',
  kept_by: '',
  street: '',
  city: '',
  zip: '',
  latitude: '',
  longitude: '',
};
