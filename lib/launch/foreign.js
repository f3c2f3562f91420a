// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * A program of somebody else that a test compares us with.
 * @typedef {object} ForeignProgram
 * @property {string} name
 * @property {string[]} probe  a command that succeeds where the program is there
 * @property {string} debian  the package that has it
 * @property {string} purpose
 */

/** @type {ForeignProgram[]} */
export const foreignPrograms = [
  {
    name: 'curl',
    probe: ['curl', '--version'],
    debian: 'curl',
    purpose: 'HTTP and NTLM as another client speaks them',
  },
  {
    name: 'openssl',
    probe: ['openssl', 'version'],
    debian: 'openssl',
    purpose: 'certificate chains and TLS handshakes',
  },
  {
    name: 'testssl',
    // It looks around for a second before it tells its version.
    probe: ['sh', '-c', 'command -v testssl'],
    debian: 'testssl.sh',
    purpose: 'what another scanner finds in a TLS server, and how long it takes (npm run bench)',
  },
  { name: 'dig', probe: ['dig', '-v'], debian: 'bind9-dnsutils', purpose: 'the DNS answers of the lab' },
  { name: 'knotd', probe: ['/usr/sbin/knotd', '--version'], debian: 'knot', purpose: 'a name server for the resolver' },
  {
    name: 'apache2',
    probe: ['/usr/sbin/apache2', '-v'],
    debian: 'apache2-bin',
    purpose: 'a web server that asks for a sign-in',
  },
  {
    name: 'mod_auth_gssapi',
    probe: ['test', '-e', '/usr/lib/apache2/modules/mod_auth_gssapi.so'],
    debian: 'libapache2-mod-auth-gssapi',
    purpose: 'a web server that wants Negotiate or NTLM',
  },
  {
    name: 'gss-ntlmssp',
    probe: ['sh', '-c', 'ls /usr/lib/*/gssntlmssp/gssntlmssp.so'],
    debian: 'gss-ntlmssp',
    purpose: 'the server’s side of NTLM behind it',
  },
  {
    name: 'tshark',
    probe: ['tshark', '--version'],
    debian: 'tshark',
    purpose: 'the messages of NTLM and RPC, taken apart',
  },
  {
    name: 'impacket',
    probe: ['/usr/bin/python3', '-c', 'import impacket.ntlm'],
    debian: 'python3-impacket',
    purpose: 'NTLM and RPC as another implementation does them',
  },
  {
    name: 'samba',
    probe: ['/usr/bin/python3', '-c', 'import samba.dcerpc.mgmt'],
    debian: 'python3-samba',
    purpose: 'RPC over HTTP as another client speaks it, signed and sealed',
  },
  {
    name: 'requests-ntlm',
    probe: ['/usr/bin/python3', '-c', 'import requests_ntlm'],
    debian: 'python3-requests-ntlm',
    purpose: 'NTLM that is bound to the certificate, as another client does it',
  },
  { name: 'xmllint', probe: ['xmllint', '--version'], debian: 'libxml2-utils', purpose: 'the XML that is sent' },
  {
    name: 'exchangelib',
    probe: ['/usr/bin/python3', '-c', 'import exchangelib'],
    debian: 'python3-exchangelib',
    purpose: 'the Autodiscover answers of the lab',
  },
  { name: 'xz', probe: ['xz', '--version'], debian: 'xz-utils', purpose: 'compressed fixtures' },
];

/** @param {ForeignProgram} program */
function isThere(program) {
  const [command = '', ...args] = program.probe;
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Those of some programs that this machine lacks.
 * @returns {ForeignProgram[]}
 */
export function missingForeign(programs = foreignPrograms) {
  return programs.filter((program) => !isThere(program));
}

/**
 * The command that installs programs on Debian.
 * @param {ForeignProgram[]} programs
 */
export function installCommand(programs) {
  return `apt-get install -y ${[...new Set(programs.map((program) => program.debian))].join(' ')}`;
}

/**
 * For a test: why it has to be skipped, or null if the program is there. `ctx.skip(reason)` puts the reason into the list
 * that `npm test` prints.
 * @param {string} name
 * @returns {string | null}
 */
export function whyMissing(name) {
  const program = foreignPrograms.find((each) => each.name === name);
  if (program === undefined) throw new Error(`${name} is not in the list of foreign programs`);
  return isThere(program) ? null : `${name} is not installed: ${installCommand([program])}, or npm test -- --install`;
}
