// @ts-check

/** Something the person who started the program can put right. Its message is one sentence, shown without a stack. */
export class Complaint extends Error {}

/** A failure that a child process has put into words already. */
export class AlreadyExplained extends Complaint {}

/** A failed tool: the sentence, and the end of what the tool wrote. */
export class ToolFailure extends Complaint {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/** Enough to hold a tool's message, short enough not to bury the sentence below it. */
const shownLines = 40;

/**
 * The last lines of what a tool wrote, and its first ones where it wrote more: npm gives the reason first, compilers last.
 * @param {string} text
 */
export function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= shownLines) return lines.join('\n');
  return [...lines.slice(0, shownLines / 4), '…', ...lines.slice(1 - (shownLines * 3) / 4)].join('\n');
}

/**
 * Writes a failure to standard error: a complaint as its sentence alone, anything else with its stack, as it is our fault.
 * @param {unknown} error
 */
export function report(error) {
  if (error instanceof AlreadyExplained) return;
  if (error instanceof ToolFailure && error.output.trim() !== '') process.stderr.write(`${excerpt(error.output)}\n`);
  if (error instanceof Complaint) process.stderr.write(`Throughline: ${error.message}\n`);
  else process.stderr.write(`Throughline: the launcher failed.\n${error instanceof Error ? error.stack : error}\n`);
}
