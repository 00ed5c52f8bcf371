import type { List } from '../agencies.ts';
import { type Day, dayOf, dayText, parseDay, yearOf } from '../day.ts';
import type { World } from '../household.ts';
import { household } from '../household.ts';
import type { Membership } from '../membership.ts';
import type { Observation } from '../observe.ts';
import type { Person } from '../person.ts';
import type { Place } from '../places.ts';
import type { Cells, Row } from '../story.ts';
import { nameOf } from '../stream.ts';

/** The invented agencies that a scenario may use. */
export interface Stage {
  of(list: List, county: string): { readonly agency: string; readonly place: Place };
}

/** An invented young person of a scenario, with the records that agencies hold of them. */
export interface Player {
  readonly person: Person;
  readonly memberships: Membership[];
}

/**
 * Puts a scenario together row by row. Everybody in it is drawn from the same invented names as a whole state, so
 * that a scenario goes through the same encoder and the same contracts.
 */
export class Cast {
  readonly world: World;
  readonly players: Player[] = [];
  readonly rows: Row[] = [];
  #households = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** Somebody new of an age on the day of the delivery. */
  player(place: Place, age: number): Player {
    const drawn = household(this.world, place, this.#households++)[0] as Person;
    const month = 1 + (this.#households % 12);
    const day = 1 + (this.#households % 28);
    const thisYear = yearOf(this.world.asOf) - age;
    const had = dayOf(thisYear + age, month, day) <= this.world.asOf;
    const born = dayOf(had ? thisYear : thisYear - 1, month, day);
    const player = { person: { ...drawn, born, id: `${place.fips}-s${this.#households}` }, memberships: [] };
    this.players.push(player);
    return player;
  }

  /** A record of a player at an agency, faultless unless a fault is given. */
  known(
    player: Player,
    agency: string,
    list: Membership['list'],
    county: string,
    fault: Partial<Observation> = {},
  ): Membership {
    const { person, memberships } = player;
    const home = person.homes[0];
    const membership: Membership = {
      agency,
      list,
      localId: nameOf(this.world.seed, 'local', agency, person.id, memberships.length).slice(0, 12),
      on: this.world.from,
      county,
      observation: {
        given: person.given,
        surname: person.surname,
        born: dayText(person.born),
        ssn: person.ssn ?? '',
        sex: person.sex,
        street: home?.street ?? '',
        zip: home?.zip ?? '',
        phone: person.phone ?? '',
        errors: [],
        ...fault,
      },
    };
    memberships.push(membership);
    return membership;
  }

  /** One row; answers with its number at the agency. */
  row(record: string, who: Membership, on: string, cells: Cells): string {
    return this.#add(record, who.agency, who.county, who.localId, parseDay(on), cells);
  }

  /** A row that is about no young person. */
  figure(record: string, agency: string, county: string, on: string, cells: Cells): string {
    return this.#add(record, agency, county, undefined, parseDay(on), cells);
  }

  #add(
    record: string,
    agency: string,
    county: string,
    localId: string | undefined,
    updated: Day,
    cells: Cells,
  ): string {
    const id = `sc${nameOf(this.world.seed, record, agency, this.rows.length)}`;
    this.rows.push({ record, agency, county, localId, id, updated, cells, later: undefined });
    return id;
  }
}
