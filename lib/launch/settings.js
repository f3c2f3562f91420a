// @ts-check
import path from 'node:path';
import { Complaint } from './complaint.js';

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {string} data  absolute path
 * @property {boolean} lab
 * @property {boolean} help
 */

export const help = `npm start [-- OPTIONS]      npm run dev [-- OPTIONS]

  --port N     port to listen on (environment: PORT), default 3000
  --host H     address to listen on (environment: THROUGHLINE_HOST), default 127.0.0.1
  --lab        start the lab as well: simulated mail systems to try the analyzers on
  --help       this text

THROUGHLINE_DATA names the folder for results, default data in the project's folder.
`;

const valueFlags = new Set(['--port', '--host']);
const plainFlags = new Set(['--lab', '--help']);

/**
 * Splits arguments into flags; both `--port 80` and `--port=80` are understood.
 * @param {string[]} args
 * @returns {Map<string, string>}
 */
function readFlags(args) {
  const flags = new Map();
  for (let at = 0; at < args.length; at += 1) {
    const [name = '', inline] = (args[at] ?? '').split(/=(.*)/s);
    if (plainFlags.has(name) && inline === undefined) flags.set(name, '');
    else if (valueFlags.has(name)) flags.set(name, inline ?? valueAfter(name, args[++at]));
    else throw new Complaint(`the option ${args[at]} is unknown; --help lists the options.`);
  }
  return flags;
}

/**
 * @param {string} name
 * @param {string | undefined} value
 */
function valueAfter(name, value) {
  if (value === undefined || value.startsWith('--')) throw new Complaint(`the option ${name} needs a value after it.`);
  return value;
}

/**
 * @param {string} text
 * @param {string} origin  what the person wrote it into
 */
function portOf(text, origin) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new Complaint(`${origin} has to be a port number from 1 to 65535, and it is "${text}".`);
}

/**
 * The settings from flags and environment; flags win.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {Settings}
 */
export function readSettings(args, env, root) {
  const flags = readFlags(args);
  const port = flags.has('--port') ? portOf(flags.get('--port') ?? '', '--port') : portOf(env.PORT || '3000', 'PORT');
  return {
    port,
    host: flags.get('--host') || env.THROUGHLINE_HOST || '127.0.0.1',
    data: path.resolve(root, env.THROUGHLINE_DATA || 'data'),
    lab: flags.has('--lab'),
    help: flags.has('--help'),
  };
}

/**
 * What a browser on this machine has to open.
 * @param {Settings} settings
 */
export function addressOf({ host, port }) {
  const local = new Set(['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost']);
  if (local.has(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The variables that a server of ours gets from its launcher.
 * @param {Settings} settings
 * @param {string} root
 */
export function serverEnvironment(settings, root) {
  return {
    NEXT_TELEMETRY_DISABLED: '1',
    // The program ends streams and runs itself when it is stopped; Next's handler would wait for open streams.
    NEXT_MANUAL_SIG_HANDLE: '1',
    THROUGHLINE_ROOT: root,
    THROUGHLINE_DATA: settings.data,
    THROUGHLINE_HOST: settings.host,
    PORT: String(settings.port),
  };
}
