/** A program as the asset map holds it: what it offers, to whom, where, and who to call. */

/** A county by its five-digit FIPS code. */
export type County = string;

export interface Address {
  readonly street: string;
  readonly city: string;
  readonly zip: string | undefined;
}

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** What everybody may find on a map. */
export interface OpenPlace {
  readonly kind: 'open';
  readonly address: Address | undefined;
  readonly point: Point | undefined;
  readonly counties: readonly County[];
  /** The county whose committee keeps the entry. */
  readonly keptBy: County;
}

/**
 * There is nowhere to write where it is. Its region has two counties or more, since one county's name can give away the
 * only shelter there; for the same reason no county keeps it alone.
 */
export interface ConfidentialPlace {
  readonly kind: 'confidential';
  readonly region: readonly [County, County, ...County[]];
}

export type Place = OpenPlace | ConfidentialPlace;

export interface Capacity {
  /** Such as 2026-03. */
  readonly month: string;
  readonly unit: 'beds' | 'slots' | 'caseload';
  readonly places: number;
  readonly occupied: number | undefined;
  readonly waiting: number | undefined;
  readonly waitingDays: number | undefined;
}

export interface Contact {
  readonly name: string | undefined;
  readonly phone: string | undefined;
  readonly email: string | undefined;
  readonly website: string | undefined;
  readonly hours: string | undefined;
}

export interface Eligibility {
  readonly minAge: number | undefined;
  readonly maxAge: number | undefined;
  /** Empty: all. */
  readonly genders: readonly string[];
  /** Empty: any, and none. */
  readonly systems: readonly string[];
  readonly pregnantParenting: boolean | undefined;
  readonly residentsOnly: boolean;
  readonly fundingLimits: readonly string[];
}

export interface Qualities {
  readonly phases: readonly string[];
  readonly csecSpecific: boolean | undefined;
  readonly languages: readonly string[];
  readonly cultures: readonly string[];
  readonly lgbtq: string | undefined;
  readonly security: readonly string[];
  readonly training: string | undefined;
  readonly livedExperience: string | undefined;
  readonly components: readonly string[];
  readonly strengths: readonly string[];
  readonly barriers: readonly string[];
}

export interface Verification {
  readonly source: string;
  readonly on: string | undefined;
  readonly by: string | undefined;
}

/** What somebody says of a program, whichever way it comes in. */
export interface ProgramSaid {
  /** Of an entry that stands, where the speaker names one. */
  readonly id: string | undefined;
  readonly provider: string;
  readonly name: string;
  readonly kind: string;
  readonly placementType: string | undefined;
  readonly licence: string | undefined;
  readonly needs: readonly string[];
  readonly place: Place;
  readonly contact: Contact;
  readonly eligibility: Eligibility;
  readonly qualities: Qualities;
  readonly capacity: Capacity | undefined;
  readonly verification: Verification;
}

/** An entry as it stands. */
export interface Program extends ProgramSaid {
  readonly id: string;
  readonly providerId: string;
  readonly version: number;
}

/** The counties that it serves, whatever its place. */
export function countiesOf(place: Place): readonly County[] {
  return place.kind === 'confidential' ? place.region : place.counties;
}
