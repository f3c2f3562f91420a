/** The command line: the same runs as in the browser, in this process. The result alone goes to standard output. */
import { writeFile } from 'node:fs/promises';
import { exit, stderr, stdout } from 'node:process';
import { explain } from './explain.ts';
import { help } from './help.ts';
import { parseCommand } from './options.ts';
import { readPassword } from './password.ts';
import { runTest, type TestOutcome } from './run-test.ts';

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
    case 'test': {
      const password = await readPassword(command.passwordFromStdin, process.env);
      return deliver(await runTest(command, password), command.output);
    }
  }
}

async function deliver({ text, exitCode }: TestOutcome, file: string | null): Promise<number> {
  if (file === null) {
    await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
    return exitCode;
  }
  try {
    await writeFile(file, text);
    return exitCode;
  } catch (error) {
    return complain(`The result cannot be written to ${file}: ${(error as Error).message}.`);
  }
}

function complain(sentence: string): number {
  stderr.write(`throughline: ${sentence}\n`);
  return NOT_TESTED;
}

const ownFault = (error: unknown): number => complain(`This is a mistake of Throughline's own: ${String(error)}`);

exit(await main(process.argv.slice(2)).catch(ownFault));
