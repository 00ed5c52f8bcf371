/** Cookies of the hub: never readable by a script, never sent along from another site's form. */

/** With https, the browser itself holds the name to Secure, one host and the whole site. */
export function cookieName(base: 'session' | 'sign-in', secure: boolean): string {
  return secure ? `__Host-tessera-${base}` : `tessera-${base}`;
}

export function setCookie(name: string, value: string, secure: boolean, seconds?: number): string {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}${age}`;
}

export function cookieIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined || header.length > 8192) return undefined;
  for (const part of header.split(';')) {
    const [key, ...value] = part.trim().split('=');
    if (key === name && value.length > 0) return value.join('=');
  }
  return undefined;
}

/** A change that a browser brings of its own accord (with its cookie) must come from the hub's own pages. */
export function fromOwnPage(headers: {
  readonly 'sec-fetch-site'?: string | undefined;
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
}): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}
