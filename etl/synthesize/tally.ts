import { type List, lists } from './agencies.ts';
import { ageAt, type Day, dayText } from './day.ts';
import type { Hidden } from './hidden.ts';
import { isLgbtq } from './hidden.ts';
import type { Membership } from './membership.ts';
import type { Person } from './person.ts';
import type { Sheet } from './sheet.ts';

/** Counts of what was made, kept while it streams by; the realism report and the closing message read them. */
export class Tally {
  people = 0;
  hidden = 0;
  identified = 0;
  inScope = 0;
  linkageRows = 0;
  contentRows = 0;
  /** Young people of school age, and of them known to a school. */
  readonly memberships = new Map<List, number>();
  readonly byList = new Map<List, number>();
  /** How many young people each combination of lists noticed, the empty one being nobody's. */
  readonly combinations = new Map<string, number>();
  readonly mistakes = new Map<string, number>();
  /** True pairs of records at different agencies, by how many of four identifiers differ or are missing. */
  readonly pairs: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  readonly surnames = new Map<string, number>();
  readonly ages = new Map<number, number>();
  readonly hiddenBy = new Map<string, number>();
  readonly identifiedBy = new Map<string, number>();
  /** Rows that a rule must reject, by delivery, record and rule. */
  readonly rejects = new Map<string, number>();
  readonly delivered = new Map<string, number>();
  /** By sheet and day, what its rows are counted under: made once, as there are millions of them. */
  readonly #names = new Map<Sheet, Map<Day, string>>();

  addPerson(person: Person, hidden: Hidden | undefined, memberships: readonly Membership[], asOf: Day): void {
    this.people++;
    count(this.ages, ageAt(person.born, asOf));
    if (this.people % 50 === 1 || this.people <= 200_000) count(this.surnames, person.surname);
    for (const who of memberships) {
      count(this.memberships, who.list);
      for (const mistake of who.observation.errors) count(this.mistakes, mistake);
    }
    this.#addPairs(memberships);
    if (hidden === undefined) return;
    this.hidden++;
    const noticed = lists.filter((list) => hidden.notices.some((notice) => notice.list === list));
    if (noticed.length > 0) this.identified++;
    for (const list of noticed) count(this.byList, list);
    count(this.combinations, noticed.join(' '));
    const group = `${person.sex}${isLgbtq(person) ? ', LGBTQ' : ''}`;
    count(this.hiddenBy, group);
    if (noticed.length > 0) count(this.identifiedBy, group);
  }

  addRow(sheet: Sheet, rejectedBy: string | undefined, day: Day): void {
    this.contentRows++;
    const name = this.#nameOf(sheet, day);
    count(this.delivered, name);
    if (rejectedBy !== undefined) count(this.rejects, `${name} ${rejectedBy}`);
  }

  #nameOf(sheet: Sheet, day: Day): string {
    let names = this.#names.get(sheet);
    if (names === undefined) this.#names.set(sheet, (names = new Map()));
    let name = names.get(day);
    if (name === undefined) {
      name = `${dayText(day)} ${sheet.agency} ${sheet.record.name}`;
      names.set(day, name);
    }
    return name;
  }

  #addPairs(memberships: readonly Membership[]): void {
    for (let i = 0; i < memberships.length; i++)
      for (let k = i + 1; k < memberships.length; k++) {
        const [a, b] = [memberships[i] as Membership, memberships[k] as Membership];
        if (a.agency === b.agency) continue;
        const [one, two] = [a.observation, b.observation];
        let differing = 0;
        if (one.given !== two.given) differing++;
        if (one.surname !== two.surname) differing++;
        if (one.born !== two.born) differing++;
        if (one.ssn === '' || one.ssn !== two.ssn) differing++;
        this.pairs[differing as 0 | 1 | 2 | 3 | 4]++;
      }
  }
}

function count<K>(map: Map<K, number>, key: K, by = 1): void {
  map.set(key, (map.get(key) ?? 0) + by);
}
