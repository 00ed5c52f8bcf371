/** What is worked out of a text, kept: most questions are asked again and again. Bounded, and too long a text is not kept. */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly found: T }>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known.found;
    const found = work(text);
    if (kept.size >= mostTexts) kept.clear();
    if (text.length <= longestText) kept.set(text, { found });
    return found;
  };
}

const mostTexts = 1000;
const longestText = 10_000;
