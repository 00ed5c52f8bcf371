import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Cast } from '../../../etl/synthesize/scenarios/cast.ts';
import { playScenario, scenarios, writeScenario } from '../../../etl/synthesize/scenarios/scenarios.ts';
import type { Row } from '../../../etl/synthesize/story.ts';
import { loadContracts } from '../../../src/contracts/contracts.ts';
import { deliveriesIn, judge } from './judge.ts';

const contracts = loadContracts();
const out = mkdtempSync(join(tmpdir(), 'scenarios-'));
afterAll(() => rmSync(out, { recursive: true }));

/** How many different young people have a row that passes a test; persons are joined over agencies by the truth. */
function people(cast: Cast, test: (row: Row) => boolean): number {
  const personOf = new Map(
    cast.players.flatMap(({ person, memberships }) => memberships.map((who) => [who.localId, person.id])),
  );
  return new Set(cast.rows.filter(test).map(({ localId }) => personOf.get(localId ?? ''))).size;
}

const is =
  (record: string, cells: Readonly<Record<string, string>> = {}) =>
  (row: Row) =>
    row.record === record && Object.entries(cells).every(([name, value]) => row.cells[name] === value);

describe('the scenarios', () => {
  it.each([...scenarios.keys()])('%s is valid to its last row under the contracts', async (name) => {
    const written = writeScenario(contracts, name, out);
    let content = 0;
    for (const delivery of deliveriesIn(join(out, name, 'deliveries')))
      for (const { record_type, rows } of delivery.manifest.files) {
        const judged = await judge(contracts, delivery, record_type);
        expect(judged.reasons).toEqual([]);
        expect(judged.rows).toBe(rows);
        if (record_type !== 'person' && record_type !== 'person_linkage') content += rows;
      }
    expect(content).toBe(written.rows);
  });

  it('STAR Court: 72, of whom 56 known to child welfare as 42 + 4 + 5 and a residual of 5', () => {
    const cast = playScenario(contracts, 'star-court');
    expect(people(cast, is('pr_court', { specialty_court: 'STAR' }))).toBe(72);
    const welfare = people(cast, ({ record }) => record.startsWith('cw_'));
    const dependency = people(cast, is('cw_case', { court_status: '300' }));
    const voluntary = people(cast, is('cw_case', { component: 'FM', court_status: 'voluntary' }));
    const counts = new Map<string, number>();
    for (const { localId } of cast.rows.filter(is('cw_referral')))
      counts.set(localId ?? '', (counts.get(localId ?? '') ?? 0) + 1);
    const several = [...counts.values()].filter((n) => n > 1).length;
    expect([welfare, dependency, voluntary, several]).toEqual([56, 42, 4, 5]);
    expect(welfare - dependency - voluntary - several).toBe(5);
    expect(cast.rows.some(is('cw_allegation', { disposition: 'SUBSTANTIATED' }))).toBe(false);
  });

  it('Oakland: 106 of 200 lived in a group home, 53 percent', () => {
    const cast = playScenario(contracts, 'oakland');
    expect(cast.players).toHaveLength(200);
    expect(people(cast, is('cw_placement', { facility_type: 'GROUP_HOME' }))).toBe(106);
    expect((100 * 106) / cast.players.length).toBe(53);
  });

  it('LA probation: 6 of 71, too few to publish', () => {
    const cast = playScenario(contracts, 'la-probation');
    expect(people(cast, is('pr_supervision'))).toBe(71);
    expect(people(cast, is('pr_detention', { status: 'post_disposition' }))).toBe(6);
  });

  it('the specialty court: 52 of 115 without an indicative charge, as no count is exactly 45 percent', () => {
    const cast = playScenario(contracts, 'specialty-court');
    const indicative = people(cast, is('pr_charge', { statute: 'PC 647(b)' }));
    expect([cast.players.length, cast.players.length - indicative]).toEqual([115, 52]);
    expect(0.45 * 115).toBe(51.75);
    const born = cast.players.map(({ person }) => new Date(person.born * 86_400_000).getUTCFullYear());
    expect(Math.min(...born)).toBeGreaterThanOrEqual(1996);
  });

  it("Georgia's funnel: 141, 104, 112 and 18, which does not narrow at every step", () => {
    const cast = playScenario(contracts, 'georgia-funnel');
    const steps = [
      people(cast, is('cw_referral')),
      people(cast, is('screening')),
      people(cast, is('service_event')),
      people(cast, (row) => row.record === 'service_event' && row.cells['end_date'] !== ''),
    ];
    expect(steps).toEqual([141, 104, 112, 18]);
  });

  it('five arrests: five records in five counties with five years of birth, one person, 13 years old', () => {
    const cast = playScenario(contracts, 'five-arrests');
    const records = cast.players.flatMap(({ memberships }) => memberships);
    expect(cast.players).toHaveLength(1);
    expect(new Set(records.map(({ localId }) => localId)).size).toBe(5);
    expect(new Set(records.map(({ county }) => county)).size).toBe(5);
    expect(new Set(records.map(({ observation }) => observation.born.slice(0, 4))).size).toBe(5);
    expect(records.filter(({ observation }) => observation.errors.includes('false_age'))).toHaveLength(4);
    const born = cast.players[0]?.person.born ?? 0;
    expect(Math.floor((cast.world.asOf - born) / 365.25)).toBe(13);
    expect(records.at(-1)?.observation.born).toBe(new Date(born * 86_400_000).toISOString().slice(0, 10));
  });

  it('many placements: fourteen without an overlap, seven of them ended by an absence', () => {
    const cast = playScenario(contracts, 'many-placements');
    const placements = cast.rows.filter(is('cw_placement'));
    expect(placements).toHaveLength(14);
    placements.slice(1).forEach(({ cells }, i) => {
      expect((cells['start_date'] ?? '') > (placements[i]?.cells['end_date'] ?? '')).toBe(true);
    });
    expect(cast.rows.filter(is('cw_absence'))).toHaveLength(7);
    expect(cast.rows.filter(is('cw_placement', { end_reason: 'absence' }))).toHaveLength(7);
  });

  it('detention sessions: 37 came forward in six months', () => {
    const sessions = playScenario(contracts, 'detention-periods').rows;
    expect(sessions.reduce((sum, { cells }) => sum + Number(cells['came_forward']), 0)).toBe(37);
    expect(new Set(sessions.map(({ cells }) => cells['held_on']?.slice(0, 7))).size).toBe(6);
  });

  it('law changes: one charge on a minor on either side of 2017', () => {
    const rows = playScenario(contracts, 'law-changes').rows.filter(
      is('pr_charge', { statute: 'PC 647(b)' }),
    );
    expect(rows.map(({ cells }) => cells['offense_date'])).toEqual(['2016-12-30', '2017-01-02']);
  });

  it('required parties, tools, ages and disagreement are as the sources have them', () => {
    const meetings = playScenario(contracts, 'required-parties').rows.filter(is('mdt_meeting'));
    expect(meetings.map(({ cells }) => cells['parties']?.split(';').length)).toEqual([5, 4]);
    const tools = playScenario(contracts, 'fifteen-tools').rows.map(({ cells }) => cells['tool']);
    expect(new Set(tools).size).toBe(15);
    const ages = playScenario(contracts, 'age-of-majority');
    expect(ages.players.map(({ person }) => Math.floor((ages.world.asOf - person.born) / 365.25))).toEqual([
      17, 18, 20,
    ]);
    const statuses = playScenario(contracts, 'disagreement').rows.map(({ cells }) => cells['status']);
    expect(statuses).toEqual(['suspected', 'ruled_out']);
  });
});
