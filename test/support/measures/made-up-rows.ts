/** Nights of deliveries about six young people whom five agencies know: rows come, go and are joined otherwise. */
import fc from 'fast-check';
import type { ExampleRow } from '../../../src/contracts/metric-example.ts';

const day = fc
  .integer({ min: 0, max: 2000 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
const moment = day.map((text) => `${text}T20:00:00Z`);
const later = fc.option(day, { nil: null });
const of = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
const from = fc.constantFrom('CW-1', 'PR-1', 'HL-1', 'ED-1', 'CB-1');

const KINDS: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  identification: {
    status: fc.constantFrom('confirmed', 'suspected', 'at_risk', 'ruled_out'),
    decided_at: moment,
    residence_county: fc.constantFrom('06001', '06037'),
  },
  screening: {
    outcome: fc.constantFrom('clear', 'possible', 'none'),
    tool: fc.constant('ST01'),
    screened_at: day,
  },
  cw_placement: { start_date: day, end_date: later, placement_type: fc.constantFrom('PL.FH', 'PL.GH') },
  cw_csec_history: { csec_type: fc.constantFrom('6867', '6868', '6869'), start_date: day },
  cw_absence: { absent_from: moment, returned_at: fc.option(moment, { nil: null }) },
  hl_encounter: { service_from: day, place_of_service: fc.constantFrom('ED', 'clinic') },
  mdt_meeting: { held_at: moment, tier: fc.constantFrom('MT.IN', 'MT.ON') },
  service_event: {
    need_code: fc.constantFrom('HN.HOU.PLC', 'HN.ICR.HLT'),
    need_identified_at: day,
    accepted: fc.constantFrom('accepted', 'declined', 'pending'),
    start_date: later,
  },
};

/** An agency has one row of a young person's own facts, so these are told by who and where. */
const person = fc.record({
  birth_year: fc.integer({ min: 2003, max: 2012 }),
  sex: fc.constantFrom('female', 'male'),
});

const row: fc.Arbitrary<ExampleRow> = fc
  .oneof(
    ...Object.entries(KINDS).map(([record, fields]) =>
      fc.record(fields).map((made) => ({ record, fields: made as ExampleRow['fields'] })),
    ),
    person.map((fields) => ({ record: 'person', fields })),
  )
  .chain((made) => fc.tuple(of, from).map(([who, agency]) => ({ ...made, of: who, from: agency })));

export interface Night {
  readonly rows: readonly ExampleRow[];
  /** Rows that came before and are withdrawn, as numbers to be taken by the number of rows there are. */
  readonly withdrawn: readonly number[];
  /** At an agency, a young person turns out to be another. */
  readonly joined: readonly { readonly of: string; readonly from: string; readonly to: string }[];
}

export const madeUpRows = fc.array(row, { minLength: 1, maxLength: 8 });

export const madeUpNight: fc.Arbitrary<Night> = fc.record({
  rows: madeUpRows,
  withdrawn: fc.array(fc.nat(), { maxLength: 2 }),
  joined: fc.array(fc.record({ of, from, to: of }), { maxLength: 1 }),
});
