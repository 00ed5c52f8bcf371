import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import { parsedAhead } from './parsed-yaml.ts';
import { type Defect, type Place, type Problem, problem } from './problem.ts';

interface Source {
  readonly file: string;
  readonly problems: Problem[];
  lineOf(path: Path): number | undefined;
}

type Path = readonly (string | number)[];

/**
 * One place in a contract file. Every reader either gives the value in the type that was asked for, or reports
 * the place and gives something harmless, so that one reading finds every problem of a file.
 */
export class Entry {
  readonly #source: Source;
  readonly #path: Path;
  readonly value: unknown;

  constructor(source: Source, path: Path, value: unknown) {
    this.#source = source;
    this.#path = path;
    this.value = value;
  }

  get place(): Place {
    return new WrittenAt(this.#source, this.#path);
  }

  report(defect: Defect, message: string): void {
    this.#source.problems.push(problem(defect, this.place, message));
  }

  at(key: string | number): Entry {
    const inside = isObject(this.value)
      ? this.value[key]
      : Array.isArray(this.value)
        ? (this.value[Number(key)] as unknown)
        : undefined;
    return new Entry(this.#source, [...this.#path, key], inside);
  }

  has(key: string): boolean {
    return isObject(this.value) && this.value[key] !== undefined;
  }

  keys(): string[] {
    return isObject(this.value) ? Object.keys(this.value) : [];
  }

  /** Refuses keys that nobody reads: a misspelt key must not pass in silence. */
  only(...known: readonly string[]): this {
    if (!isObject(this.value)) this.report('SHAPE', 'expects keys and values');
    for (const key of this.keys()) {
      if (!known.includes(key))
        this.at(key).report('SHAPE', `is not a key of this contract (known: ${known.join(', ')})`);
    }
    return this;
  }

  text(key: string): string {
    const { value } = this.at(key);
    if (typeof value === 'string' && value.trim() !== '') return value.trim().replaceAll(/\s+/g, ' ');
    this.at(key).report(
      'SHAPE',
      value === undefined ? 'is missing' : 'expects text (put quotes around a number)',
    );
    return '';
  }

  optionalText(key: string): string | undefined {
    return this.has(key) ? this.text(key) : undefined;
  }

  number(key: string): number {
    const { value } = this.at(key);
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.at(key).report('SHAPE', value === undefined ? 'is missing' : 'expects a number');
    return 0;
  }

  optionalNumber(key: string): number | undefined {
    return this.has(key) ? this.number(key) : undefined;
  }

  /** A limit may be a number or a date. */
  optionalBound(key: string): number | string | undefined {
    if (!this.has(key)) return undefined;
    return typeof this.at(key).value === 'string' ? this.text(key) : this.number(key);
  }

  flag(key: string, otherwise = false): boolean {
    const { value } = this.at(key);
    if (value === undefined) return otherwise;
    if (typeof value === 'boolean') return value;
    this.at(key).report('SHAPE', 'expects true or false');
    return otherwise;
  }

  /** A calendar date, kept as `YYYY-MM-DD` so that dates compare as text. */
  optionalDate(key: string): string | undefined {
    const text = this.optionalText(key);
    if (text === undefined || isDate(text)) return text;
    this.at(key).report('DATES', 'is not a date of the calendar (YYYY-MM-DD)');
    return undefined;
  }

  choice<T extends string>(key: string, choices: readonly T[], otherwise?: T): T {
    const { value } = this.at(key);
    if (value === undefined && otherwise !== undefined) return otherwise;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    this.at(key).report('SHAPE', `expects one of ${choices.join(', ')}`);
    return otherwise ?? (choices[0] as T);
  }

  date(key: string): string {
    if (!this.has(key)) this.at(key).report('DATES', 'is missing');
    return this.optionalDate(key) ?? '';
  }

  /** The items of a list; a missing list is empty. */
  list(key: string): Entry[] {
    const { value } = this.at(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((_, index) => this.at(key).at(index));
    this.at(key).report('SHAPE', 'expects a list');
    return [];
  }

  /** Regular expressions; one that does not compile is reported and left out. */
  patterns(key: string): string[] {
    return this.texts(key).filter((pattern) => {
      if (compiles(pattern)) return true;
      this.at(key).report('SHAPE', `holds what is no regular expression: ${pattern}`);
      return false;
    });
  }

  texts(key: string): string[] {
    const { value } = this.at(key);
    if (typeof value === 'string') return [this.text(key)];
    return this.list(key).flatMap((item) => {
      if (typeof item.value === 'string') return [item.value];
      item.report('SHAPE', 'expects text (put quotes around a number)');
      return [];
    });
  }
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').flags === 'u';
  } catch {
    return false;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Thousands of places are kept and few are ever told, so the line is looked up when somebody asks for it. */
class WrittenAt implements Place {
  readonly #source: Source;
  readonly #path: Path;

  constructor(source: Source, path: Path) {
    this.#source = source;
    this.#path = path;
  }

  get file(): string {
    return this.#source.file;
  }

  get line(): number | undefined {
    return this.#source.lineOf(this.#path);
  }

  get key(): string {
    return keyOf(this.#path);
  }
}

/** Reads one YAML text. A file that is no YAML at all is one problem, and an empty entry. */
export function readEntry(file: string, yaml: string, problems: Problem[]): Entry {
  const ahead = parsedAhead(yaml);
  if (ahead !== undefined) {
    let lineOf: Source['lineOf'] | undefined;
    return new Entry(
      { file, problems, lineOf: (path) => (lineOf ??= linesOf(documentOf(yaml)))(path) },
      [],
      ahead,
    );
  }
  const found = documentOf(yaml);
  const { document } = found;
  for (const error of document.errors) {
    const line = error.linePos?.[0].line;
    problems.push(
      problem('SHAPE', { file, line, key: '' }, `is not YAML: ${error.message.split('\n')[0] ?? ''}`),
    );
  }
  const value: unknown = document.errors.length > 0 ? {} : document.toJS();
  return new Entry({ file, problems, lineOf: linesOf(found) }, [], value ?? {});
}

interface Found {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function documentOf(yaml: string): Found {
  const lines = new LineCounter();
  return { document: parseDocument(yaml, { lineCounter: lines, uniqueKeys: true }), lines };
}

/** The line of a place, or of the nearest place around it that is written at all. */
function linesOf({ document, lines }: Found): Source['lineOf'] {
  return (path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
}

function keyOf(path: Path): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}
