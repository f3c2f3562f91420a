/** The command line: the same runs as in the browser, in this process. The result alone goes to standard output. */
import { open } from 'node:fs/promises';
import { exit, stderr, stdout } from 'node:process';
import { explain } from './explain.ts';
import { help } from './help.ts';
import { type Command, parseCommand } from './options.ts';
import { readPassword } from './password.ts';
import { runTest } from './run-test.ts';

/** Our own mistakes and wrong usage end like a test that could not be done. */
const NOT_TESTED = 3;

async function main(argv: readonly string[]): Promise<number> {
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
  if (password?.isTooLong) return complain('The password is longer than the 256 characters that Windows allows.');
  // Opened first: nobody wants to learn after three minutes that the result has nowhere to go.
  const file = command.output === null ? null : await open(command.output, 'w').catch((error: Error) => error);
  if (file instanceof Error) return complain(`The result cannot be written to ${command.output}: ${file.message}.`);
  const { text, exitCode } = await runTest(command, password);
  if (file === null) await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
  else await file.writeFile(text).finally(() => file.close());
  return exitCode;
}

function complain(sentence: string): number {
  stderr.write(`throughline: ${sentence}\n`);
  return NOT_TESTED;
}

const ownFault = (error: unknown): number => complain(`This is a mistake of Throughline's own: ${String(error)}`);

exit(await main(process.argv.slice(2)).catch(ownFault));
