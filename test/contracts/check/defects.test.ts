import { describe, expect, test } from 'vitest';
import { checkContracts } from '../../../src/contracts/check/check.ts';
import type { Defect } from '../../../src/contracts/problem.ts';
import { SchemaCopy } from '../schema-copy.ts';

/** A defect, how it is planted in a copy of the contracts, and what the check must say about it. */
interface Planted {
  readonly what: string;
  readonly defect: Defect;
  readonly file: string;
  readonly says: RegExp;
  readonly plant: (copy: SchemaCopy) => void;
}

const replace =
  (file: string, was: string, is: string): Planted['plant'] =>
  (copy) =>
    copy.replace(file, was, is);

const cw = (name: string): string => `records/child-welfare/${name}.yaml`;
const cross = (name: string): string => `records/cross-system/${name}.yaml`;

const PLANTED: readonly Planted[] = [
  {
    what: 'a misspelt key',
    defect: 'SHAPE',
    file: cw('cw_case'),
    says: /cadense.*is not a key/,
    plant: replace(cw('cw_case'), '  cadence:', '  cadense:'),
  },
  {
    what: 'a key that is missing',
    defect: 'SHAPE',
    file: cw('cw_case'),
    says: /cadence.*is missing/,
    plant: () => {},
  },
  {
    what: 'a number where text belongs',
    defect: 'SHAPE',
    file: 'codes/cans.yaml',
    says: /put quotes around a number/,
    plant: replace('codes/cans.yaml', "code: '0', label: No evidence", 'code: 0, label: No evidence'),
  },
  {
    what: 'a pattern that does not compile',
    defect: 'SHAPE',
    file: 'never-held.yaml',
    says: /no regular expression/,
    plant: replace('never-held.yaml', "- 'name|surname|", "- 'name|(surname|"),
  },
  {
    what: 'a duration that is none',
    defect: 'SHAPE',
    file: 'clocks.yaml',
    says: /expects a duration/,
    plant: replace('clocks.yaml', 'limit: PT48H', 'limit: 48 hours'),
  },
  {
    what: 'a term with neither a rule nor the reason for none',
    defect: 'SHAPE',
    file: 'terms/services.yaml',
    says: /either a rule, or no_rule/,
    plant: replace(
      'terms/services.yaml',
      '        no_rule: It compares two rows by the pseudonym of the clinician; the metric that counts it holds the query.\n',
      '',
    ),
  },
  {
    what: 'a record in a file of another name',
    defect: 'SHAPE',
    file: 'records/governance/recommendation_status.yaml',
    says: /progress_report is not named after it/,
    plant: replace(
      'records/governance/recommendation_status.yaml',
      'name: recommendation_status\n',
      'name: progress_report\n',
    ),
  },
  {
    what: 'a code list that is not there',
    defect: 'REFERENCE',
    file: cw('cw_referral'),
    says: /cw_referral\.jurisdiction: no code list is named jurisdicton/,
    plant: replace(cw('cw_referral'), 'codes: jurisdiction', 'codes: jurisdicton'),
  },
  {
    what: 'a role that reaches a county it is not held for',
    defect: 'REFERENCE',
    file: 'access-policy.yaml',
    says: /runs: operator is held for no county/,
    plant: replace(
      'access-policy.yaml',
      'reach: {steward: all, operator: all}',
      'reach: {steward: all, operator: own}',
    ),
  },
  {
    what: 'an operation that a role has no purpose for',
    defect: 'REFERENCE',
    file: 'access-policy.yaml',
    says: /researcher has none of its purposes/,
    plant: replace(
      'access-policy.yaml',
      'operator: all, agency-submitter: agency}\n    exact',
      'operator: all, researcher: all, agency-submitter: agency}\n    exact',
    ),
  },
  {
    what: 'a change that the public may make',
    defect: 'REFERENCE',
    file: 'access-policy.yaml',
    says: /the public changes nothing/,
    plant: replace(
      'access-policy.yaml',
      'reach: {steward: all, committee-member: own, directory-editor: own}',
      'reach: {public: all, steward: all}',
    ),
  },
  {
    what: 'a form that offers codes of a list that is not there',
    defect: 'REFERENCE',
    file: 'register.yaml',
    says: /pilot_scope\.scope: no code list is named pilot_scopes/,
    plant: replace('register.yaml', 'codes: pilot_scope,', 'codes: pilot_scopes,'),
  },
  {
    what: 'a legal basis that is not there',
    defect: 'REFERENCE',
    file: 'records/education/ed_program.yaml',
    says: /no legal basis is named ferpa/,
    plant: replace('records/education/ed_program.yaml', 'basis: [education_records]', 'basis: [ferpa]'),
  },
  {
    what: 'a sensitivity class that is not there',
    defect: 'REFERENCE',
    file: 'records/education/ed_support.yaml',
    says: /no sensitivity class is named schooling/,
    plant: replace('records/education/ed_support.yaml', 'sensitivity: education', 'sensitivity: schooling'),
  },
  {
    what: 'a primary key that is no field',
    defect: 'REFERENCE',
    file: cw('cw_allegation'),
    says: /primary key names allegation_id/,
    plant: replace(
      cw('cw_allegation'),
      'primaryKey: [source_agency, source_record_id]',
      'primaryKey: [source_agency, allegation_id]',
    ),
  },
  {
    what: 'a foreign key to a record that is not there',
    defect: 'REFERENCE',
    file: cw('cw_absence'),
    says: /no record type is named cw_stay/,
    plant: replace(cw('cw_absence'), 'resource: cw_placement', 'resource: cw_stay'),
  },
  {
    what: 'a mapping to a code that is not there',
    defect: 'REFERENCE',
    file: 'mappings/cw-3.yaml',
    says: /CW-3: 6866 is no code of cws_cms_csec_type/,
    plant: replace('mappings/cw-3.yaml', "{from: R, to: '6867'}", "{from: R, to: '6866'}"),
  },
  {
    what: 'a mapping of a field to the wrong list',
    defect: 'REFERENCE',
    file: 'mappings/pr-2.yaml',
    says: /pr_charge\.level does not take codes of pr_charge_disposition/,
    plant: replace('mappings/pr-2.yaml', 'list: pr_charge_level', 'list: pr_charge_disposition'),
  },
  {
    what: 'a mapping of a field that is not there',
    defect: 'REFERENCE',
    file: 'mappings/mh-1.yaml',
    says: /there is no field assessment\.instrument/,
    plant: replace('mappings/mh-1.yaml', '[assessment.tool]', '[assessment.instrument]'),
  },
  {
    what: 'a crosswalk that forgets a code',
    defect: 'ORPHAN',
    file: 'crosswalks.yaml',
    says: /status_to_htcds does not say what becomes of at_risk/,
    plant: replace('crosswalks.yaml', '      - {from: at_risk, why: The standard has no such status.}\n', ''),
  },
  {
    what: 'a rule of a term over a field that is not there',
    defect: 'REFERENCE',
    file: 'terms/care.yaml',
    says: /chronically_absent_from_school: ed_attendance has no field absent_truant/,
    plant: replace('terms/care.yaml', 'absent_unexcused', 'absent_truant'),
  },
  {
    what: 'a rule of a term over a code that is not there',
    defect: 'REFERENCE',
    file: 'terms/exploitation.yaml',
    says: /identification\.form has no code FX\.TRAVEL/,
    plant: replace('terms/exploitation.yaml', 'FX.TOUR', 'FX.TRAVEL'),
  },
  {
    what: 'a rule that places rows by what is no day',
    defect: 'REFERENCE',
    file: 'terms/services.yaml',
    says: /need_seen: service_event\.accepted is no date of it/,
    plant: replace(
      'terms/services.yaml',
      'where: {need_identified_at: {present: true}}, on: need_identified_at',
      'where: {need_identified_at: {present: true}}, on: accepted',
    ),
  },
  {
    what: 'a table by a dimension that the metric does not declare',
    defect: 'REFERENCE',
    file: 'metrics/identified/boys_share.yaml',
    says: /shoe_size is no dimension of the metric/,
    plant: replace('metrics/identified/boys_share.yaml', '{by: [county]', '{by: [shoe_size]'),
  },
  {
    what: 'a table by county of what a minor may consent to alone',
    defect: 'SHAPE',
    file: 'metrics/services/needs_found.yaml',
    says: /the table county of a service to which a minor may consent alone is the steward's alone/,
    plant: replace(
      'metrics/services/needs_found.yaml',
      '{by: [county], publish: steward}',
      '{by: [county], publish: public}',
    ),
  },
  {
    what: 'a step with a feed that is no record type',
    defect: 'REFERENCE',
    file: 'metrics/cascade/cascade_steps.yaml',
    says: /there is no record type cw_hotline/,
    plant: replace('metrics/cascade/cascade_steps.yaml', 'referred: [cw_referral]', 'referred: [cw_hotline]'),
  },
  {
    what: 'an expected share above one',
    defect: 'SHAPE',
    file: 'metrics/identified/boys_share.yaml',
    says: /expects shares between 0 and 1/,
    plant: replace('metrics/identified/boys_share.yaml', 'low: 0.5', 'low: 50'),
  },
  {
    what: 'terms that define each other',
    defect: 'REFERENCE',
    file: 'terms/systems.yaml',
    says: /rule of known_to_probation leads back to itself/,
    plant: replace('terms/systems.yaml', '- rows: {record: pr_referral, when: ever}', '- term: crossover'),
  },
  {
    what: 'a county that is not there',
    defect: 'REFERENCE',
    file: 'clocks.yaml',
    says: /06048 is no county/,
    plant: replace('clocks.yaml', "county: '06049'", "county: '06048'"),
  },
  {
    what: 'a clock that starts at something other than a date',
    defect: 'REFERENCE',
    file: 'clocks.yaml',
    says: /report_identified: cw_le_report\.agency_type is no date/,
    plant: replace(
      'clocks.yaml',
      'record: cw_le_report, field: identified_at',
      'record: cw_le_report, field: agency_type',
    ),
  },
  {
    what: 'a required party that is not there',
    defect: 'REFERENCE',
    file: 'parties.yaml',
    says: /PA\.BH is no code of party/,
    plant: replace('parties.yaml', 'PA.MH, PA.SUD, PA.PH', 'PA.MH, PA.SUD, PA.BH'),
  },
  {
    what: 'a quality rule over a record that is not there',
    defect: 'REFERENCE',
    file: 'quality-rules.yaml',
    says: /Q110: there is no record cw_episode/,
    plant: replace('quality-rules.yaml', 'id: Q110\n    record: cw_case', 'id: Q110\n    record: cw_episode'),
  },
  {
    what: 'a quality rule over a field that is not there',
    defect: 'REFERENCE',
    file: 'quality-rules.yaml',
    says: /Q401: ed_attendance has no field expected/,
    plant: replace('quality-rules.yaml', 'total: expected_days', 'total: expected'),
  },
  {
    what: 'a quality rule by a clock that is not there',
    defect: 'REFERENCE',
    file: 'quality-rules.yaml',
    says: /Q109: there is no clock report_victim/,
    plant: replace('quality-rules.yaml', 'clock: report_identified', 'clock: report_victim'),
  },
  {
    what: 'a quality rule by a check that nobody wrote',
    defect: 'REFERENCE',
    file: 'quality-rules.yaml',
    says: /Q002: no code carries out the check manifest_is_fine/,
    plant: replace('quality-rules.yaml', 'check: manifest_matches_files', 'check: manifest_is_fine'),
  },
  {
    what: 'an answer to what nobody asked',
    defect: 'REFERENCE',
    file: cw('cw_csec_history'),
    says: /cw_csec_history answers R999, which nobody asked/,
    plant: replace(cw('cw_csec_history'), 'meets: [R27, R29]', 'meets: [R27, R999]'),
  },
  {
    what: 'a requirement that nothing answers',
    defect: 'ORPHAN',
    file: 'requirements.yaml',
    says: /nothing answers R998/,
    plant: (copy) => copy.append('requirements.yaml', '  - {id: R998, words: Made up}\n'),
  },
  {
    what: 'counts that agencies sent, added up to a median',
    defect: 'SHAPE',
    file: 'metrics/services/time_to_service.yaml',
    says: /counts that agencies sent make counts and shares, and nothing else/,
    plant: (copy) => copy.append('metrics/services/time_to_service.yaml', 'sums: true\n'),
  },
  {
    what: 'a code twice in a list',
    defect: 'DUPLICATE',
    file: 'codes/probation.yaml',
    says: /pr_referral_source has the code school twice/,
    plant: replace(
      'codes/probation.yaml',
      '{code: parent, label: Parent or guardian}',
      '{code: school, label: Parent or guardian}',
    ),
  },
  {
    what: 'a list under two names',
    defect: 'DUPLICATE',
    file: 'codes/teams.yaml',
    says: /answer_again is yes_no_unknown/,
    plant: (copy) =>
      copy.append(
        'codes/teams.yaml',
        "\n  - list: answer_again\n    title: Answer\n    kept_for: nothing\n    codes:\n      - {code: 'yes', label: 'Yes'}\n      - {code: 'no', label: 'No'}\n      - {code: unknown, label: Not known}\n",
      ),
  },
  {
    what: 'two lists of one name',
    defect: 'DUPLICATE',
    file: 'codes/prevention.yaml',
    says: /the code list party is written already/,
    plant: replace('codes/prevention.yaml', 'list: prevention_program', 'list: party'),
  },
  {
    what: 'a field twice in a record',
    defect: 'DUPLICATE',
    file: 'records/probation/pr_court.yaml',
    says: /pr_court has the field outcome twice/,
    plant: replace('records/probation/pr_court.yaml', 'name: lead_agency', 'name: outcome'),
  },
  {
    what: 'a local code mapped twice at once',
    defect: 'DUPLICATE',
    file: 'mappings/hl-1.yaml',
    says: /HL-1 maps 11 twice/,
    plant: replace('mappings/hl-1.yaml', "{from: '49', to: clinic}", "{from: '11', to: clinic}"),
  },
  {
    what: 'a list that nothing uses',
    defect: 'ORPHAN',
    file: 'codes/providers.yaml',
    says: /no record, crosswalk or metric uses the list asset_map_progress/,
    plant: replace(
      'codes/providers.yaml',
      '    kept_for: the gap analysis, which sets an aspired level beside the actual one for each need\n',
      '',
    ),
  },
  {
    what: 'an excuse for a list that is used',
    defect: 'ORPHAN',
    file: 'codes/teams-tier.yaml',
    says: /mdt_tier is used; remove its kept_for/,
    plant: replace('codes/teams-tier.yaml', '    codes:', '    kept_for: later\n    codes:'),
  },
  {
    what: 'a legal basis that nothing uses',
    defect: 'ORPHAN',
    file: 'legal-bases.yaml',
    says: /no field uses the legal basis old_order/,
    plant: (copy) =>
      copy.append(
        'legal-bases.yaml',
        '\n  - basis: old_order\n    citation: Made up\n    words: Made up.\n    permits: Nothing.\n    condition: None.\n    status: project\n',
      ),
  },
  {
    what: 'a party that may take part in nothing',
    defect: 'ORPHAN',
    file: 'parties.yaml',
    says: /PA\.CC is neither required nor optional/,
    plant: replace('parties.yaml', 'PA.DSP, PA.CC]', 'PA.DSP]'),
  },
  {
    what: 'a new version without its change',
    defect: 'UNREASONED_CHANGE',
    file: cw('cw_csec_history'),
    says: /version 2 needs exactly one entry under changes/,
    plant: replace(cw('cw_csec_history'), 'version: 1', 'version: 2'),
  },
  {
    what: 'a change without its reason',
    defect: 'UNREASONED_CHANGE',
    file: 'mappings/cw-1.yaml',
    says: /says what changed and why/,
    plant: replace(
      'mappings/cw-1.yaml',
      ', why: The office that used them was retrained; they collide with the system of record.',
      '',
    ),
  },
  {
    what: 'a version of a term without its reason',
    defect: 'UNREASONED_CHANGE',
    file: 'terms/care.yaml',
    says: /every version says what changed and why/,
    plant: replace(
      'terms/care.yaml',
      '        why: The statute asks for this count, and the record must agree with a placement.\n',
      '',
    ),
  },
  {
    what: 'a date that the calendar does not have',
    defect: 'DATES',
    file: 'codes/icd-10-cm.yaml',
    says: /not a date of the calendar/,
    plant: replace('codes/icd-10-cm.yaml', 'valid_from: 2015-10-01', 'valid_from: 2015-02-30'),
  },
  {
    what: 'a code that ends before it begins',
    defect: 'DATES',
    file: 'codes/california-law.yaml',
    says: /PC 653\.22 ends before it begins/,
    plant: replace('codes/california-law.yaml', 'valid_to: 2022-12-31', 'valid_to: 2002-12-31'),
  },
  {
    what: 'versions of a term with a gap between them',
    defect: 'DATES',
    file: 'terms/systems.yaml',
    says: /dual_status: version 2 does not begin the day after/,
    plant: replace('terms/systems.yaml', 'effective_to: 2017-11-30', 'effective_to: 2017-10-31'),
  },
  {
    what: 'required parties with a gap between them',
    defect: 'DATES',
    file: 'parties.yaml',
    says: /required for protocol do not follow each other/,
    plant: replace('parties.yaml', 'effective_from: 2018-01-01', 'effective_from: 2018-01-02'),
  },
  {
    what: 'a field that leaves without a legal basis',
    defect: 'LEGAL_BASIS',
    file: 'records/probation/pr_detention.yaml',
    says: /pr_detention\.facility_type leaves the agency without a legal basis/,
    plant: replace(
      'records/probation/pr_detention.yaml',
      'basis: [csec_program, juvenile_case_file]',
      'basis: []',
    ),
  },
  {
    what: 'a required field that may not leave',
    defect: 'LEGAL_BASIS',
    file: 'records/all/person.yaml',
    says: /tribal_affiliation is required and may not leave/,
    plant: replace(
      'records/all/person.yaml',
      '    tessera: {never: tribal_affiliation}',
      '    constraints: {required: true}\n    tessera: {never: tribal_affiliation}',
    ),
  },
  {
    what: 'the basis for counts under a row about a young person',
    defect: 'LEGAL_BASIS',
    file: 'records/health/hl_diagnosis.yaml',
    says: /basis for counts does not cover/,
    plant: replace(
      'records/health/hl_diagnosis.yaml',
      'basis: [hipaa_limited, mental_health_records]',
      'basis: [part_2_counts]',
    ),
  },
  {
    what: 'a column with a name in it',
    defect: 'NEVER_HELD',
    file: cw('cw_placement'),
    says: /cw_placement\.caregiver_name reads like identifiers/,
    plant: replace(cw('cw_placement'), 'name: facility_type', 'name: caregiver_name'),
  },
  {
    what: 'a need that is no longer marked',
    defect: 'NEVER_HELD',
    file: 'needs.yaml',
    says: /HN\.SRH\.ABO reads like abortion/,
    plant: replace(
      'needs.yaml',
      'label: Abortion services, never: abortion, held_as: HN.SRH',
      'label: Abortion services',
    ),
  },
  {
    what: 'a code that is no longer marked',
    defect: 'NEVER_HELD',
    file: 'codes/placement.yaml',
    says: /PL\.SUD\.OUT reads like substance_use/,
    plant: replace('codes/placement.yaml', ', bed: false, never: substance_use', ', bed: false'),
  },
  {
    what: 'a diagnosis that betrays substance use',
    defect: 'NEVER_HELD',
    file: 'codes/icd-10-cm.yaml',
    says: /icd10cm\.F11\.20 reads like substance_use/,
    plant: replace('codes/icd-10-cm.yaml', 'code: F43.11', 'code: F11.20'),
  },
  {
    what: 'a need that rolls up to what is no ancestor',
    defect: 'REFERENCE',
    file: 'needs.yaml',
    says: /HN\.VOC\.IDD rolls up to HN\.MEN, which is no ancestor/,
    plant: replace(
      'needs.yaml',
      'never: gender_affirming_care, held_as: HN.VOC}',
      'never: gender_affirming_care, held_as: HN.MEN}',
    ),
  },
  {
    what: 'a broader need that gives the sensitive one away',
    defect: 'NEVER_HELD',
    file: 'needs.yaml',
    says: /HN\.PHY gives HN\.PHY\.TRA away/,
    plant: (copy) => {
      copy.replace('needs.yaml', 'label: Physical therapy, held_as: HN.PHY', 'label: Physical therapy');
      copy.replace(
        'needs.yaml',
        'label: Occupational therapy, held_as: HN.PHY',
        'label: Occupational therapy',
      );
    },
  },
  {
    what: 'a pseudonym in a record of counts',
    defect: 'NEVER_HELD',
    file: 'records/health/hl_sud_aggregate.yaml',
    says: /hl_sud_aggregate is about aggregate and may not carry/,
    plant: replace('records/health/hl_sud_aggregate.yaml', 'keys: row', 'keys: person_row'),
  },
  {
    what: 'orientation in an education record',
    defect: 'NEVER_HELD',
    file: 'records/education/ed_discipline.yaml',
    says: /ed_discipline\.gender_identity reads like sogi_from_education/,
    plant: replace('records/education/ed_discipline.yaml', 'name: swd', 'name: gender_identity'),
  },
  {
    what: 'text that could be a narrative',
    defect: 'NARRATIVE',
    file: cross('mdt_action'),
    says: /mdt_action\.action is text without codes/,
    plant: replace(cross('mdt_action'), '    tessera: {codes: mdt_action}\n', ''),
  },
  {
    what: 'open words in a row about a young person',
    defect: 'NARRATIVE',
    file: cross('witness_event'),
    says: /lets open words into a row/,
    plant: replace(
      cross('witness_event'),
      'tessera: {codes: witness_event}',
      'tessera: {open: what happened}',
    ),
  },
  {
    what: 'a word that the product avoids',
    defect: 'WORDING',
    file: cw('cw_protective_custody'),
    says: /says "rescued"; say: support and safety/,
    plant: replace(
      cw('cw_protective_custody'),
      'was taken into temporary custody',
      'was rescued into custody',
    ),
  },
];

describe('a planted defect is found and named', () => {
  using copy = new SchemaCopy();
  for (const { plant } of PLANTED) plant(copy);
  const report = checkContracts(copy.folder);

  test('the copy is not fit for use', () => {
    expect(report.ok).toBe(false);
  });

  test.each(PLANTED)('$what', ({ defect, file, says }) => {
    const named = report.problems.filter((found) => found.defect === defect && found.file === file);
    expect(named.map((found) => `${found.key} ${found.message}`).join('\n')).toMatch(says);
  });

  test('every problem but those of missing files names its line', () => {
    expect(report.problems.filter((found) => found.line === undefined && found.key !== '')).toEqual([]);
  });
});

describe('files that cannot be read', () => {
  using copy = new SchemaCopy();
  copy.write('terms/care.yaml', 'terms:\n  - term: [open\n');
  copy.write('records/education/ed_support.yaml', '- a list\n- and no record\n');
  copy.remove('parties.yaml');
  const report = checkContracts(copy.folder);

  test('a file that is no YAML is named with its line', () => {
    const found = report.problems.find((candidate) => candidate.file === 'terms/care.yaml');
    expect(found?.message).toMatch(/is not YAML/);
    expect(found?.line).toBeGreaterThan(0);
  });

  test('a file of another form is named, and the reading goes on', () => {
    expect(report.problems.some((found) => found.file === 'records/education/ed_support.yaml')).toBe(true);
    expect(report.records).toBeGreaterThan(50);
  });

  test('a missing file is named', () => {
    expect(report.problems).toContainEqual(
      expect.objectContaining({ file: 'parties.yaml', message: 'is missing' }),
    );
  });
});
