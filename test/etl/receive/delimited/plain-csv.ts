/** RFC 4180 character by character, as slowly and plainly as possible: what the scanner is held to. */
export function plainCsv(text: string, delimiter: string): string[][] | 'refused' {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let at = 0;
  if (text.startsWith('\ufeff')) at = 1;
  while (at < text.length) {
    field = '';
    if (text[at] === '"') {
      at++;
      for (;;) {
        if (at >= text.length) return 'refused';
        if (text[at] !== '"') field += text[at++];
        else if (text[at + 1] === '"') {
          field += '"';
          at += 2;
        } else break;
      }
      at++;
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
        if (text[at] === '"') return 'refused';
        field += text[at++];
      }
    }
    record.push(field);
    if (text[at] === delimiter) {
      at++;
      // A delimiter at the very end leaves one more field, which is empty.
      if (at < text.length) continue;
      record.push('');
    } else if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else if (text[at] === '\n') at += 1;
    else if (at < text.length) return 'refused';
    records.push(record);
    record = [];
  }
  const columns = records[0]?.length ?? 0;
  if (columns === 0 || records.some((found) => found.length !== columns)) return 'refused';
  return records;
}
