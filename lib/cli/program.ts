/** What the command line does: the same runs as in the browser, in this process. The result alone goes to standard output. */
import { open } from 'node:fs/promises';
import { stderr, stdout } from 'node:process';
import { confidenceErrors } from '#lib/analyzers/confidences.ts';
import { type Confidences, LockedFile, type Secret } from '#lib/auth/secret.ts';
import { explain } from './explain.ts';
import { help } from './help.ts';
import { type Command, parseCommand } from './options.ts';
import { readPassPhrase, readPassword, readToken } from './password.ts';
import { runTest } from './run-test.ts';

/** Our own mistakes and wrong usage end like a test that could not be done. */
const NOT_TESTED = 3;

/** Does what the arguments say. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  return perform(argv).catch((error: unknown) => complain(`This is a mistake of Throughline's own: ${String(error)}`));
}

async function perform(argv: readonly string[]): Promise<number> {
  const parsed = parseCommand(argv, process.env);
  if (!parsed.ok) return complain(`${parsed.error} See --help.`);
  const { command } = parsed;
  switch (command.kind) {
    case 'help':
      stdout.write(help);
      return 0;
    case 'explain': {
      const article = explain(command.code);
      if (article === null) return complain(`There is no finding "${command.code}".`);
      stdout.write(article);
      return 0;
    }
    case 'test':
      return test(command);
  }
}

async function test(command: Command & { kind: 'test' }): Promise<number> {
  const password = await readPassword(command.passwordFromStdin, process.env);
  const token = command.tokenFromStdin ? await readToken() : null;
  const [wrong] = command.tokenFromStdin
    ? confidenceErrors(command.test.analyzer, { signInWith: 'token' }, { password: null, token })
    : [];
  const passPhrase = readPassPhrase(process.env);
  if (password?.isTooLong) return complain('The password is longer than the 256 characters that Windows allows.');
  if (password?.hasControlCharacter)
    return complain('The password holds a control character, such as a line break, which no sign-in can carry.');
  if (passPhrase?.isTooLong) return complain('The pass phrase is longer than 256 characters.');
  if (wrong !== undefined) return complain(wrong.message);
  // Opened first: nobody wants to learn after three minutes that the result has nowhere to go.
  const file = command.output === null ? null : await open(command.output, 'w').catch((error: Error) => error);
  if (file instanceof Error) return complain(`The result cannot be written to ${command.output}: ${file.message}.`);
  const { text, exitCode } = await runTest(command, confidencesOf(command, { password, token, passPhrase }));
  if (file === null) await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
  else await file.writeFile(text).finally(() => file.close());
  return exitCode;
}

/**
 * The password opens the file that is the certificate under test; the client's own has a pass phrase beside it. One that stands in the
 * environment goes nowhere if another way to sign in is chosen.
 */
function confidencesOf(
  { test, pkcs12, clientCertificate }: Command & { kind: 'test' },
  { password, token, passPhrase }: Readonly<Record<'password' | 'token' | 'passPhrase', Secret | null>>,
): Confidences {
  if (pkcs12 !== undefined) return { password: null, token: null, file: LockedFile.of(pkcs12, password) };
  const file = clientCertificate === undefined ? null : LockedFile.of(clientCertificate, passPhrase);
  const withPassword = !('signInWith' in test) || test.signInWith === 'password';
  return { password: withPassword ? password : null, token, file };
}

function complain(sentence: string): number {
  stderr.write(`throughline: ${sentence}\n`);
  return NOT_TESTED;
}
