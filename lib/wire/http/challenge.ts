/** WWW-Authenticate: all challenges of all header lines, in their order. RFC 9110 11.6.1 */
export interface Challenge {
  /** As written by the server; compare without case. */
  readonly scheme: string;
  /** Token68 data behind the scheme, such as NTLM and Negotiate send. */
  readonly token: string | null;
  /** Parameters with names in lower case. */
  readonly params: Readonly<Record<string, string>>;
}

/** More than any server sends. Beyond them only the methods that clients know are kept: a flood must not hide them. */
const MOST = 50;
const MOST_LINES = 2_000;
const WELL_KNOWN = ['basic', 'ntlm', 'negotiate', 'bearer'];

/** Parses the values of all WWW-Authenticate lines. What cannot be read ends the line's list; nothing is invented. */
export function decodeChallenges(lines: readonly string[]): Challenge[] {
  const all = lines.slice(0, MOST_LINES).flatMap((line) => decodeLine(line.slice(0, 16_384)));
  const known = all.slice(MOST).filter(({ scheme }) => WELL_KNOWN.includes(scheme.toLowerCase()));
  return [...all.slice(0, MOST), ...known.slice(0, MOST)];
}

/** The challenges of this scheme. */
export function offers(challenges: readonly Challenge[], scheme: string): Challenge[] {
  return challenges.filter((challenge) => challenge.scheme.toLowerCase() === scheme.toLowerCase());
}

const FIRST = /[ \t,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?=[ \t,]|$)/y;
/** Only a comma begins another challenge: a second word of an unquoted realm is no scheme. */
const NEXT = /[ \t]*,[ \t,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?=[ \t,]|$)/y;
const TOKEN68 = /[ \t]+([A-Za-z0-9\-._~+/]+=*)(?=[ \t]*(?:,|$))/y;
const PARAM = /[ \t,]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/y;

function decodeLine(line: string): Challenge[] {
  const found: Challenge[] = [];
  let at = 0;
  const read = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  for (let scheme = read(FIRST); scheme !== null && found.length < MOST; scheme = read(NEXT)) {
    const token = read(TOKEN68)?.[1] ?? null;
    const params: Record<string, string> = {};
    for (let param = token === null ? read(PARAM) : null; param !== null; param = read(PARAM)) {
      params[(param[1] ?? '').toLowerCase()] = param[2]?.replaceAll(/\\(.)/g, '$1') ?? param[3] ?? '';
    }
    found.push({ scheme: scheme[1] ?? '', token, params });
  }
  return found;
}
