/** Where a password or a token may come from: standard input or the environment, never an argument that every process list shows. */
import { Secret } from '#lib/auth/secret.ts';

/** More than any directory allows. */
const LONGEST = 1_024;

/** One more than is taken, so that a longer one is told as too long. */
const LONGEST_TOKEN = 16 * 1024 + 1;

/** Reads the password; null where none was given. The line's end does not belong to it. */
export async function readPassword(fromStdin: boolean, environment: NodeJS.ProcessEnv): Promise<Secret | null> {
  const given = fromStdin ? await firstLine(process.stdin, LONGEST) : (environment.THROUGHLINE_PASSWORD ?? '');
  return given === '' ? null : Secret.of(given);
}

/** Reads an access token from standard input; null where none was given. */
export async function readToken(): Promise<Secret | null> {
  const token = Secret.ofToken(await firstLine(process.stdin, LONGEST_TOKEN));
  return token.isEmpty ? null : token;
}

/** Reads the pass phrase of a client certificate; null where none was given, which is the empty one. */
export function readPassPhrase({
  THROUGHLINE_CLIENT_CERTIFICATE_PASSPHRASE: given = '',
}: NodeJS.ProcessEnv): Secret | null {
  return given === '' ? null : Secret.of(given);
}

async function firstLine(input: AsyncIterable<Buffer>, longest: number): Promise<string> {
  let text = '';
  for await (const chunk of input) {
    text += chunk.toString('utf8');
    if (text.includes('\n') || text.length > longest) break;
  }
  return (text.split(/\r?\n/)[0] ?? '').slice(0, longest);
}
