import type { WorldEntry } from './list.ts';

export const usage = `Usage: npm run lab -- [OPTIONS]

Runs simulated mail systems on this machine until it is stopped with Ctrl+C.

  --list             list the worlds without starting them
  --format FORMAT    text or json, for --list
  --port-base N      first of the lab's ports: DNS at N+53, HTTP at N+80, HTTPS at N+443 (default 18000)
  --data DIR         folder for the lab's files (default data/lab)
  --ready-json       print one line of JSON as soon as every world runs
  --help             show this text
`;

/** The worlds as a table, and below it what to type. */
export function showWorlds(worlds: readonly WorldEntry[]): string {
  const rows = worlds.map(({ name, title, email, password }) => [name, title, email, password]);
  const [first] = worlds;
  const hint = first
    ? ['', 'To test one, type this; for another world put in its address and password:', '', `  ${commandFor(first)}`]
    : [];
  return [...table([['WORLD', 'WHAT IT SHOWS', 'ADDRESS', 'PASSWORD'], ...rows]), ...hint, ''].join('\n');
}

/** The command that tests a world, ready to be pasted into a shell. */
export function commandFor({ analyzer, target, email, password, options }: WorldEntry): string {
  const what = target === undefined ? ['--email', email] : [target];
  const words = ['npm', 'run', '-s', 'throughline', '--', analyzer, ...what, ...options];
  return `THROUGHLINE_PASSWORD=${quoted(password)} ${words.map(quoted).join(' ')}`;
}

function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
