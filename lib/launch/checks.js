// @ts-check
import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Complaint } from './complaint.js';

/** @typedef {import('./settings.js').Settings} Settings */

/**
 * Complains if the port cannot be listened on.
 * @param {Settings} settings
 */
export async function checkPort(settings) {
  const code = await listenOnce(settings.host, settings.port);
  if (code !== null) throw new Complaint(portComplaint(code, settings));
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<string | null>} the error's code, or null if the port is free
 */
function listenOnce(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/**
 * @param {string} code
 * @param {Settings} settings
 */
function portComplaint(code, { host, port }) {
  if (code === 'EADDRINUSE') {
    return `port ${port} is in use by another program: stop that one, or choose another port, as in PORT=${port === 65535 ? 3000 : port + 1} npm start.`;
  }
  if (code === 'EACCES') return `this user may not listen on port ${port}: choose a port above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `"${host}" is not an address of this machine: correct THROUGHLINE_HOST or --host.`;
  }
  return `port ${port} of ${host} cannot be listened on (${code}).`;
}

/**
 * Makes the data folder and complains if nothing can be written there.
 * @param {string} folder
 */
export function checkData(folder) {
  const trial = path.join(folder, `.writable-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    writeFileSync(trial, '');
    rmSync(trial);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code;
    throw new Complaint(
      `the data folder ${folder} cannot be written to (${code}): correct its rights or THROUGHLINE_DATA.`,
    );
  }
}
