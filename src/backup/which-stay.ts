/** Which backups a folder keeps. Pure: their names say when they were taken. */

export interface Keeping {
  /** So many, the newest. */
  readonly most: number;
  /** Not longer than so many days: what was destroyed by agreement is to be gone from backups too. */
  readonly days?: number | undefined;
}

const ENDING = '.backup.age';
const NAME = /^tessera-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.backup\.age$/;
const DAY_MS = 86_400_000;

export function backupName(at: Date): string {
  return `tessera-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}${ENDING}`;
}

/** Those that go. The newest always stays, however old it is. */
export function outlived(
  names: readonly string[],
  { most, days = Infinity }: Keeping,
  now: Date,
): readonly string[] {
  const own = names
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  return own.filter((name, place) => {
    const age = (now.getTime() - takenAt(name)) / DAY_MS;
    return place > 0 && (place >= most || age > days);
  });
}

function takenAt(name: string): number {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
