import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from '../errors.ts';
import { type Entry, readEntry } from './entry.ts';
import { type Problem, problem } from './problem.ts';

/** The files of `schema/`, read in the order of their names so that every reading gives the same result. */
export class SchemaFolder {
  readonly #folder: string;
  readonly #problems: Problem[];

  constructor(folder: string, problems: Problem[]) {
    if (!existsSync(folder)) {
      throw new Unavailable('CONTRACTS_MISSING', `no contracts at ${folder}`, {
        remedy: 'name the schema folder',
      });
    }
    this.#folder = folder;
    this.#problems = problems;
  }

  names(folder: string): string[] {
    const path = join(this.#folder, folder);
    if (!existsSync(path)) return [];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .sort();
  }

  one(file: string): Entry {
    const path = join(this.#folder, file);
    if (existsSync(path)) return readEntry(file, readFileSync(path, 'utf8'), this.#problems);
    this.#problems.push(problem('SHAPE', { file, line: undefined, key: '' }, 'is missing'));
    return readEntry(file, '', []);
  }

  /** A file that is no YAML, such as the SQL of a metric. */
  text(file: string): string | undefined {
    const path = join(this.#folder, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** Every YAML file of a folder; with `deep`, only those of its subfolders. */
  all(folder: string, { deep = false } = {}): Entry[] {
    return this.names(folder)
      .filter((name) => name.endsWith('.yaml') && name.includes('/') === deep)
      .map((name) => this.one(`${folder}/${name}`));
  }
}
