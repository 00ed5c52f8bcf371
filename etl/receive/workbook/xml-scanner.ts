/** What a scanner tells of. Names come without their prefix, and attributes as they are written. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
}

/** A tag, and so one stretch of markup, is never longer in a workbook that a program wrote. */
const LONGEST_MARKUP = 1 << 16;

/**
 * As much of XML as workbooks use: elements, attributes, text, CDATA, comments. It knows no document types, so that
 * no entity can grow or reach out of the file. Input comes piece by piece.
 */
export class XmlScanner {
  readonly #handler: XmlHandler;
  #left = '';
  #depth = 0;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  write(piece: string): void {
    const input = this.#left + piece;
    let at = 0;
    while (at < input.length) {
      const next = input[at] === '<' ? this.#markup(input, at) : this.#words(input, at);
      if (next === undefined) break;
      at = next;
    }
    this.#left = input.slice(at);
    if (this.#left.length > LONGEST_MARKUP) throw new SyntaxError('markup without end');
  }

  end(): void {
    if (this.#left.trim() !== '' || this.#depth !== 0) throw new SyntaxError('the document is cut off');
  }

  /** Text up to the next tag; an entity that is cut waits for its rest. */
  #words(input: string, at: number): number | undefined {
    const tag = input.indexOf('<', at);
    let end = tag === -1 ? input.length : tag;
    if (tag === -1) {
      const entity = input.lastIndexOf('&');
      if (entity >= at && !input.includes(';', entity)) end = entity;
    }
    if (end === at) return undefined;
    this.#handler.text(unescape(input.slice(at, end)));
    return end;
  }

  #markup(input: string, at: number): number | undefined {
    if (input.startsWith('<!--', at)) return after(input, '-->', at);
    if (input.startsWith('<?', at)) return after(input, '?>', at);
    if (input.startsWith('<![CDATA[', at)) {
      const end = after(input, ']]>', at);
      if (end !== undefined) this.#handler.text(input.slice(at + 9, end - 3));
      return end;
    }
    if (input.startsWith('<!', at)) {
      // What is cut short may still become a comment or CDATA; nothing else begins so in a workbook.
      if ('<!--'.startsWith(input.slice(at)) || '<![CDATA['.startsWith(input.slice(at))) return undefined;
      throw new SyntaxError('a document type');
    }
    const end = tagEnd(input, at);
    if (end === undefined) return undefined;
    if (input[at + 1] === '/') {
      this.#depth--;
      this.#handler.close(local(input.slice(at + 2, end - 1).trim()));
      return end;
    }
    const alone = input[end - 2] === '/';
    const inside = input.slice(at + 1, alone ? end - 2 : end - 1);
    const space = inside.search(/\s/);
    const name = local(space === -1 ? inside : inside.slice(0, space));
    this.#handler.open(name, space === -1 ? '' : inside.slice(space));
    if (alone) this.#handler.close(name);
    else this.#depth++;
    return end;
  }
}

/** The end of a tag: a `>` in the value of an attribute is none. */
function tagEnd(input: string, at: number): number | undefined {
  const end = input.indexOf('>', at);
  if (end === -1) return undefined;
  const quote = input.slice(at, end).search(/["']/);
  if (quote === -1) return end + 1;
  let open = '';
  for (let next = at + quote; next < input.length; next++) {
    const sign = input[next] as string;
    if (open === '' && sign === '>') return next + 1;
    if (open === '' && (sign === '"' || sign === "'")) open = sign;
    else if (sign === open) open = '';
  }
  return undefined;
}

function after(input: string, mark: string, at: number): number | undefined {
  const found = input.indexOf(mark, at + 2);
  return found === -1 ? undefined : found + mark.length;
}

function local(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,8}));/g,
    (_, hex, decimal, name: string) => {
      if (name !== undefined) {
        const sign = NAMED[name];
        if (sign === undefined) throw new SyntaxError('an entity that workbooks do not have');
        return sign;
      }
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16));
    },
  );
}

/** The value of one attribute; none if the tag does not have it. Prefixes count: `r:id` is not `id`. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = attributes.indexOf(`${name}=`);
  while (at !== -1) {
    const before = attributes[at - 1];
    const quote = attributes[at + name.length + 1];
    if (
      (before === ' ' || before === '\n' || before === '\t' || before === '\r') &&
      (quote === '"' || quote === "'")
    ) {
      const from = at + name.length + 2;
      const end = attributes.indexOf(quote, from);
      return end === -1 ? undefined : unescape(attributes.slice(from, end));
    }
    at = attributes.indexOf(`${name}=`, at + 1);
  }
  return undefined;
}
