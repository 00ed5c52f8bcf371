/** A program as the texts that say it again: a row of a file, a filled form, and what two versions differ in. */
import type { FieldText } from '../register/content.ts';
import { countiesOf, type ProgramSaid } from './program.ts';

export type Texts = Readonly<Record<string, string>>;

/** Several values of a field stand in one text with semicolons between them, as in deliveries. */
export function textsOf(program: ProgramSaid): Texts {
  const { place, contact, eligibility, qualities, capacity, verification } = program;
  const open = place.kind === 'open' ? place : undefined;
  const texts: Record<string, string | number | boolean | readonly string[] | undefined> = {
    id: program.id,
    provider: program.provider,
    program: program.name,
    kind: program.kind,
    placement_type: program.placementType,
    licence: program.licence,
    needs: program.needs,
    phases: qualities.phases,
    csec_specific: qualities.csecSpecific,
    confidential: place.kind === 'confidential',
    counties: countiesOf(place),
    kept_by: open?.keptBy,
    street: open?.address?.street,
    city: open?.address?.city,
    zip: open?.address?.zip,
    latitude: open?.point?.latitude,
    longitude: open?.point?.longitude,
    residents_only: eligibility.residentsOnly ? true : undefined,
    contact: contact.name,
    phone: contact.phone,
    email: contact.email,
    website: contact.website,
    hours: contact.hours,
    min_age: eligibility.minAge,
    max_age: eligibility.maxAge,
    genders: eligibility.genders,
    systems: eligibility.systems,
    pregnant_parenting: eligibility.pregnantParenting,
    funding_limits: eligibility.fundingLimits,
    languages: qualities.languages,
    cultures: qualities.cultures,
    lgbtq: qualities.lgbtq,
    security: qualities.security,
    training: qualities.training,
    lived_experience: qualities.livedExperience,
    components: qualities.components,
    strengths: qualities.strengths,
    barriers: qualities.barriers,
    capacity_month: capacity?.month,
    capacity_unit: capacity?.unit,
    capacity: capacity?.places,
    occupied: capacity?.occupied,
    waiting: capacity?.waiting,
    waiting_days: capacity?.waitingDays,
    source: verification.source,
    verified_on: verification.on,
    verified_by: verification.by,
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, value]): [string, string][] => {
      const text = Array.isArray(value) ? value.join(';') : String(value ?? '');
      return text === '' ? [] : [[name, text]];
    }),
  );
}

/** A text as a form or a file has it; semicolons part values only in fields that take several. */
export function fieldTexts(texts: Texts, several: ReadonlySet<string>): readonly FieldText[] {
  return Object.entries(texts).map(([name, text]) => ({
    name,
    values: several.has(name) ? text.split(';') : [text],
  }));
}

/** The fields in which two versions differ, without the id that both have. */
export function differences(before: ProgramSaid, after: ProgramSaid): readonly string[] {
  const [was, is] = [textsOf(before), textsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => name !== 'id' && was[name] !== is[name],
  );
}
