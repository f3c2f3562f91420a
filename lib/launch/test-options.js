// @ts-check
import { Complaint } from './complaint.js';

/**
 * @typedef {'check' | 'vitest' | 'browser'} Part
 * @typedef {object} TestOptions
 * @property {Part[]} parts
 * @property {string[]} filter  for Vitest
 * @property {boolean} install  install foreign programs
 * @property {boolean} help
 */

/** @type {Part[]} */
const allParts = ['check', 'vitest', 'browser'];

export const testHelp = `npm test [-- OPTIONS] [-- FILTER…]

  FILTER                         run only Vitest, only the test files whose path contains it
  --only check|vitest|browser    run only formatting, types and build; only Vitest; only the browser tests
  --install                      install the foreign programs that some tests compare with (Debian, as root)
  --help                         this text
`;

/**
 * @param {string | undefined} text
 * @returns {Part}
 */
function partOf(text) {
  const part = allParts.find((each) => each === text);
  if (part === undefined) throw new Complaint(`--only has to be followed by ${allParts.join(', ')}, one of them.`);
  return part;
}

/**
 * What the person asked for; a CI system asks for everything.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {TestOptions}
 */
export function readTestOptions(args, env) {
  /** @type {TestOptions} */
  const options = { parts: allParts, filter: [], install: Boolean(env.CI) && env.CI !== 'false', help: false };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--only') options.parts = [partOf(args[++at])];
    else if (arg === '--install') options.install = true;
    else if (arg === '--help') options.help = true;
    else if (arg.startsWith('-')) throw new Complaint(`the option ${arg} is unknown; --help lists the options.`);
    else options.filter.push(arg);
  }
  if (options.filter.length > 0) options.parts = ['vitest'];
  return options;
}
