import type { Place } from '../places.ts';
import type { Stream } from '../stream.ts';
import type { Figure } from './figure.ts';

const FIRST = [
  'Harbor',
  'Lantern',
  'Cedar',
  'Bright Path',
  'Open Door',
  'Riverbend',
  'Kindling',
  'Meadow',
  'Compass',
  'Anchor',
];
const LAST = ['Family Services', 'Youth Center', 'House', 'Alliance', 'Community Clinic', 'Collaborative'];
const NEEDS = [
  'HN.ICR.BAS.HOU',
  'HN.ICR.ADV',
  'HN.CM.COR',
  'HN.PHY.EVA',
  'HN.MEN.LTC',
  'HN.SUP.SUR',
  'HN.EDU.ENR',
  'HN.HOU.PLC',
  'HN.VOC.PRO',
];

/** Six providers to a county, all invented; the demand for beds is larger than what they have. */
export function providerFigures(place: Place, stream: Stream, figure: Figure): void {
  for (let i = 0; i < 6; i++) {
    const houses = i < 2;
    const needs = NEEDS.filter(() => stream.perMille(350));
    const list = 'child_welfare';
    figure(list, place, 'provider_asset', {
      provider_id: `prov-${place.fips}-${i}`,
      valid_from: '2022-07-01',
      valid_to: '',
      AM01: `${stream.pick(FIRST)} ${stream.pick(LAST)} (made up)`,
      AM04: place.fips,
      AM05: houses ? 'placement' : 'service',
      AM06: needs.length === 0 ? 'HN.CM.COR' : needs.join(';'),
      AM07: houses ? 'dependents;age_12_17' : 'all_genders;age_12_17;age_18_24',
      AM08: houses ? 'staff_secure' : '',
      AM09: stream.pick(['some', 'most', 'all']),
      AM10: stream.pick(['county_residents', 'medi_cal_only', 'dependents_only']),
      AM11: stream.pick(['trauma_informed', 'lived_experience', 'languages', 'rapid_response']),
      AM12: stream.pick(['capacity', 'funding', 'staff_turnover', 'distance']),
      components: stream.pick(['safety_planning;trust', 'trauma_informed', 'collaboration;lived_experience']),
      capacity_beds: houses ? String(stream.between(4, 12)) : '',
      capacity_slots: houses ? '' : String(stream.between(10, 80)),
      waitlist_n: String(stream.below(25)),
      locations_confidential: houses ? 'true' : 'false',
      placement_type: houses ? stream.pick(['PL.GH', 'PL.SAFE', 'PL.ITFH']) : '',
      voca_funded: stream.perMille(300) ? 'true' : 'false',
    });
  }
}
