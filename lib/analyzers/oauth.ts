/**
 * How this installation is known to sign-in services: OAuth 2.0 knows a program by its client id. One table says for each setting its
 * command line option and its environment variable.
 */
import { type Field, parseAuthority } from './target.ts';

export interface OAuthSettings {
  /** The client id under which the sign-in service knows this installation; without one there is no sign-in by device code. */
  readonly clientId: string | null;
  /** Scopes to ask for, separated by spaces; null: what the server under test calls for. */
  readonly scope: string | null;
  /** The sign-in service, where neither the server under test nor the person names one. */
  readonly authority: string | null;
}

export const noOAuth: OAuthSettings = { clientId: null, scope: null, authority: null };

interface Setting {
  readonly option: string;
  readonly variable: string;
  readonly wants: string;
  /** The settings with this one, or null where the text is not what it wants. */
  readonly set: (settings: OAuthSettings, text: string) => OAuthSettings | null;
}

/** RFC 6749 A.1: printable characters of ASCII. */
const CLIENT_ID = /^[\x20-\x7e]{1,200}$/;
/** RFC 6749 3.3 */
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

export const oauthSettings: readonly Setting[] = [
  {
    option: '--oauth-client-id',
    variable: 'THROUGHLINE_OAUTH_CLIENT_ID',
    wants: 'a client id of at most 200 characters',
    set: (settings, text) => (CLIENT_ID.test(text) ? { ...settings, clientId: text } : null),
  },
  {
    option: '--oauth-scope',
    variable: 'THROUGHLINE_OAUTH_SCOPE',
    wants: 'scopes, separated by spaces',
    set: (settings, text) => (text.length <= 2_000 && SCOPES.test(text) ? { ...settings, scope: text } : null),
  },
  {
    option: '--oauth-authority',
    variable: 'THROUGHLINE_OAUTH_AUTHORITY',
    wants: 'the https address of a sign-in service',
    set: (settings, text) => {
      const parsed: Field<string | null> = parseAuthority(text);
      return parsed.ok ? { ...settings, authority: parsed.value } : null;
    },
  },
];

type Parsed = { readonly ok: true; readonly oauth: OAuthSettings } | { readonly ok: false; readonly error: string };

/**
 * Reads the settings by their names, which are those of the options or those of the variables.
 * @param start what holds where nothing is given
 */
export function readOAuth(
  by: 'option' | 'variable',
  given: Readonly<Record<string, string | undefined>>,
  start: OAuthSettings = noOAuth,
): Parsed {
  let oauth = start;
  for (const setting of oauthSettings) {
    const text = given[setting[by]]?.trim() ?? '';
    const next = text === '' ? oauth : setting.set(oauth, text);
    if (next === null)
      return { ok: false, error: `${setting[by]} wants ${setting.wants}, not "${text.slice(0, 80)}".` };
    oauth = next;
  }
  return { ok: true, oauth };
}
