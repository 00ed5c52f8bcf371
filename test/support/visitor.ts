/** A browser as far as redirects and cookies go. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...(init.headers as Record<string, string>) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const at = pair.indexOf('=');
      const gone = attributes.some((attribute) => /^max-age=0$|^expires=thu, 01 jan 1970/i.test(attribute));
      if (gone) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Follows redirects until there are none; answers the last response and the addresses on the way. */
  async follow(url: string): Promise<{ response: Response; way: string[] }> {
    const way = [url];
    for (;;) {
      const response = await this.request(way.at(-1) ?? '');
      const location = response.headers.get('location');
      if (location === null || way.length > 12) return { response, way };
      await response.arrayBuffer();
      way.push(new URL(location, way.at(-1)).href);
    }
  }

  cookie(url: string, name: string): string | undefined {
    return this.#cookies.get(new URL(url).origin)?.get(name);
  }

  async ask(
    url: string,
    query: string,
    headers: Record<string, string> = {},
  ): Promise<Record<string, never>> {
    const response = await this.request(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as Record<string, never>;
  }
}
